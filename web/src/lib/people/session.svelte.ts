import { ConnectionFailed, Unauthorized, type SignUp, type User } from '@pindown/client';
import { client } from '#lib/client.ts';

/** Who is signed in on this browser. */
class Session {
	me = $state<User | undefined>();
	state = $state<'unknown' | 'signed-in' | 'signed-out' | 'offline'>('unknown');

	/** Ask the server who this is. */
	async load() {
		try {
			this.#is(await client.me.get());
		} catch (error) {
			if (error instanceof Unauthorized) this.state = 'signed-out';
			else if (error instanceof ConnectionFailed) this.state = 'offline';
			else throw error;
		}
	}

	async signIn(email: string, password: string) {
		await client.auth.signIn({ email, password });
		await this.load();
	}

	async signUp(wanted: SignUp) {
		await client.auth.signUp(wanted);
		await this.load();
	}

	async change(changes: { name?: string; email?: string }) {
		this.#is(await client.me.update(changes));
	}

	async signOut() {
		await client.auth.signOut();
		this.me = undefined;
		this.state = 'signed-out';
	}

	/** The account is no more, with everything in it. */
	async remove() {
		await client.me.delete();
		this.me = undefined;
		this.state = 'signed-out';
	}

	#is(user: User) {
		this.me = user;
		this.state = 'signed-in';
	}
}

export const session = new Session();
