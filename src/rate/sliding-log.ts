/** The writes of a window as Redis keeps them for many machines: the script, and what it returns. */
import type { Claim, Write } from './rate.js';

/**
 * The sliding log as one atomic script, on Redis' own clock, so that what is admitted is logged: nothing lies between the two
 * for a kill to hit. KEYS: due times by id (sorted set), `sent:done` by id (hash), time of the last paced write, when the log
 * began (another time than before where Redis was emptied), the limit that the server announced.
 *
 * ARGV: op, window, margin, lease, then by op
 * - claim: limit, reserve, spacing (0: none), mark (how long the paced mark stays), ids wanted
 * - done: ms the answer is ago (negative: to come), id
 * - renew, drop: ids
 * - note: the limit that was announced, for how long that is good
 * - restore: id, ms since it was sent, ms since its answer (blank: under way), and so on
 * Returns [granted, wait ms, now, last paced or 0, begun, announced or 0, id, "sent:done", id, ...].
 */
export const SLIDING_LOG = `
local dues, times, turn, birth, announced = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local op, window, margin, lease = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local granted, wait = 0, 0

for _, id in ipairs(redis.call('ZRANGEBYSCORE', dues, '-inf', now)) do
  redis.call('ZREM', dues, id)
  redis.call('HDEL', times, id)
end
local last = tonumber(redis.call('GET', turn) or '0')
local born = tonumber(redis.call('GET', birth) or now)
redis.call('SET', birth, born, 'PX', 2 * window + lease)

if op == 'claim' then
  local spacing = tonumber(ARGV[7])
  local room = tonumber(ARGV[5]) - tonumber(ARGV[6]) - redis.call('ZCARD', dues)
  granted = math.max(0, math.min(room, #ARGV - 8))
  if granted > 0 and spacing > 0 then
    if last + spacing > now then
      granted, wait = 0, last + spacing - now
    else
      granted, wait, last = 1, spacing, now
      redis.call('SET', turn, now, 'PX', ARGV[8])
    end
  end
  for i = 9, 8 + granted do
    redis.call('ZADD', dues, now + lease + window + margin, ARGV[i])
    redis.call('HSET', times, ARGV[i], now .. ':')
  end
  if wait == 0 and granted < #ARGV - 8 then
    local next = redis.call('ZRANGE', dues, math.max(0, -room), math.max(0, -room), 'WITHSCORES')
    wait = next[2] and next[2] - now or window
  end
elseif op == 'done' then
  local done = now - tonumber(ARGV[5])
  local sent = redis.call('HGET', times, ARGV[6])
  if sent then
    redis.call('ZADD', dues, done + window + margin, ARGV[6])
    redis.call('HSET', times, ARGV[6], sent .. done)
  end
elseif op == 'renew' then
  for i = 5, #ARGV do
    redis.call('ZADD', dues, 'XX', now + lease + window + margin, ARGV[i])
  end
elseif op == 'restore' then
  for i = 5, #ARGV, 3 do
    local sent, ago = now - ARGV[i + 1], tonumber(ARGV[i + 2])
    local done = ago and now - ago
    redis.call('ZADD', dues, (done or now + lease) + window + margin, ARGV[i])
    redis.call('HSET', times, ARGV[i], sent .. ':' .. (done or ''))
  end
elseif op == 'note' then
  redis.call('SET', announced, ARGV[5], 'PX', ARGV[6])
elseif op == 'drop' then
  for i = 5, #ARGV do
    redis.call('ZREM', dues, ARGV[i])
    redis.call('HDEL', times, ARGV[i])
  end
end

for _, key in ipairs({ dues, times }) do
  redis.call('PEXPIRE', key, 2 * window + lease)
end
local limit = tonumber(redis.call('GET', announced) or '0')
local reply = { granted, math.ceil(wait), now, last, born, limit }
for _, entry in ipairs(redis.call('HGETALL', times)) do
  reply[#reply + 1] = entry
end
return reply
`;

export interface Reply extends Omit<Claim, 'tokens'> {
  readonly granted: number;
  readonly begunMs: number;
  readonly announced: number | undefined;
}

type RawReply = [number, number, number, number, number, number, ...string[]];

/** Whether it is what the script returns. */
export function isReply(reply: unknown): reply is RawReply {
  return Array.isArray(reply) && reply.slice(0, 6).filter(Number.isFinite).length === 6;
}

/**
 * Redis' times in ours. Its "now" lay somewhere between question and answer, so each time is an interval; a write is
 * put as sent at the earliest and as done at the latest, the side on which nobody else is blamed for it.
 */
export function readReply(reply: RawReply, askedMs: number, answeredMs: number): Reply {
  const [granted, waitMs, nowMs, lastPacedMs, begunMs, limit, ...entries] = reply;
  const writes: Write[] = [];
  for (let at = 0; at < entries.length; at += 2) {
    const [sent = '', done = ''] = (entries[at + 1] ?? '').split(':');
    const doneMs = done === '' ? undefined : Number(done) - nowMs + answeredMs;
    writes.push({ id: entries[at] ?? '', sentMs: Number(sent) - nowMs + askedMs, doneMs });
  }
  return { granted, waitMs, paced: lastPacedMs > 0, begunMs, announced: limit === 0 ? undefined : limit, writes };
}
