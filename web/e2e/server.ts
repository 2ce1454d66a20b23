import { spawn, execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const repository = join(import.meta.dirname, '..', '..');
const command = join(repository, '.venv', 'bin', 'pindown');

/** Only what a process needs: a developer's own PINDOWN_ settings must not leak in. */
const environment = Object.fromEntries(
	Object.entries(process.env).filter(([name]) => !name.startsWith('PINDOWN_'))
);

/** A real server with its own data folder. It can be killed and started again on the same one. */
export class Server {
	address = '';
	#welcome = Promise.withResolvers<string>();
	#process: ChildProcess | undefined;

	private constructor(private readonly folder: string) {}

	static async start(): Promise<Server> {
		const server = new Server(await mkdtemp(join(tmpdir(), 'pindown-e2e-')));
		await server.run('0');
		return server;
	}

	async run(port = new URL(this.address).port) {
		const child = spawn(command, ['serve', '--data', this.folder, '--port', port], {
			env: environment,
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#process = child;
		const said: string[] = [];
		const ready = new Promise<void>((done, failed) => {
			for (const stream of [child.stdout, child.stderr])
				createInterface({ input: stream }).on('line', (line) => {
					said.push(line);
					const welcome = /https?:\S+\/welcome\?\S+/.exec(line)?.[0];
					if (welcome) this.#welcome.resolve(welcome);
					const address = /Pindown is at (https?:\S+)/.exec(line)?.[1];
					if (!address) return;
					this.address = new URL(address).origin;
					done();
				});
			child.once('exit', () => failed(new Error(`The server did not start:\n${said.join('\n')}`)));
		});
		await ready;
	}

	/** The link with the one-time code, printed while there is no account. */
	get welcome(): Promise<string> {
		return this.#welcome.promise;
	}

	async kill() {
		await this.#end('SIGKILL');
	}

	async stop() {
		await this.#end('SIGTERM');
		await rm(this.folder, { recursive: true, force: true });
	}

	async #end(signal: NodeJS.Signals) {
		const child = this.#process;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		child.kill(signal);
		await once(child, 'exit');
	}

	/** Run a command of `pindown` beside the server, and hear what it prints. */
	async command(words: string[], input = ''): Promise<string> {
		return new Promise((done, failed) => {
			const child = execFile(
				command,
				words,
				{ env: { ...environment, PINDOWN_DATA: this.folder } },
				(error, out, problems) => (error ? failed(new Error(problems)) : done(out.trim()))
			);
			child.stdin?.end(input);
		});
	}
}
