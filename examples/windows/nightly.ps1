# The nightly import, for the Task Scheduler: the summary of the newest run is in latest.json, errors are in errors.txt.
Set-Location $PSScriptRoot
if (-not (Get-Command clarky-contacts -ErrorAction SilentlyContinue)) {
  'clarky-contacts is not on the PATH of this user: npm install -g clarky-contacts' >> errors.txt
  exit 2
}
# 5: Clarky could not be reached. The Task Scheduler tries again only if it could not start a task, not if the task has failed.
for ($try = 1; $try -le 4; $try++) {
  if ($try -gt 1) { Start-Sleep -Seconds 900 }
  clarky-contacts import contacts.csv --key-file key --country GB --quiet --max-duration 4h --fail-over '20%' --wait 10m --latest latest.json 2>> errors.txt
  if ($LASTEXITCODE -ne 5) { break }
}
# 3: some rows were rejected, and are in contacts.csv.rejected.csv. 7: the rest follows the next night.
if ($LASTEXITCODE -in 0, 3, 7) { exit 0 }
exit $LASTEXITCODE
