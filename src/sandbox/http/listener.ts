import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Delays } from './delays.js';

const HOST = '127.0.0.1';
const REOPEN_EVERY_MS = 50;

/** The listening socket and all connections, so that both can be taken away. */
export class Listener {
  readonly #server: Server;
  readonly #delays: Delays;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #isRefusing = false;
  #isClosed = false;
  /** Connections since the start, and the most at one time. */
  total = 0;
  maxOpen = 0;

  constructor(server: Server, delays: Delays) {
    this.#server = server;
    this.#delays = delays;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      this.total++;
      this.maxOpen = Math.max(this.maxOpen, this.#sockets.size);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get port(): number {
    return this.#port;
  }

  get open(): number {
    return this.#sockets.size;
  }

  get isRefusing(): boolean {
    return this.#isRefusing;
  }

  /** Listens on loopback; rejects with the system's error where the port is taken. */
  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, HOST, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection and refuses new ones for a while, as a server that is down does. */
  refuseFor(durationMs: number): void {
    if (this.#isRefusing || this.#isClosed) return;
    this.#isRefusing = true;
    this.#server.close();
    this.#destroySockets();
    this.#delays.run(durationMs, () => {
      this.reopen();
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const closed = this.#server.listening
      ? new Promise<void>((resolve) => {
          this.#server.close(() => {
            resolve();
          });
        })
      : undefined;
    this.#destroySockets();
    await closed;
  }

  /** Takes connections again, where it refuses them. */
  reopen(): void {
    if (!this.#isRefusing || this.#isClosed || this.#server.listening) return;
    this.listen(this.#port).then(
      () => {
        this.#isRefusing = false;
      },
      () => {
        // The port was free a moment ago; another program that took it may give it back.
        this.#delays.run(REOPEN_EVERY_MS, () => {
          this.reopen();
        });
      },
    );
  }

  #destroySockets(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
