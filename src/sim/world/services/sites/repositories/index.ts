import { type BuiltRepository, buildRepository, type RepositorySource } from './build.ts';
import { gettingStartedApp, welcomeToDocker } from './gettingStarted.ts';
import { dockerCurriculum, exampleVotingApp, linuxTweetApp } from './samples.ts';

/** The repositories of the simulated github.com; names that labs use, with small contents of our own. */
const SOURCES: readonly RepositorySource[] = [gettingStartedApp, welcomeToDocker, linuxTweetApp, exampleVotingApp, dockerCurriculum];

const built = new Map<string, BuiltRepository>();

/** A repository by `owner/name`, made when it is first asked for. */
export function hostedRepository(name: string): BuiltRepository | undefined {
  const key = name.toLowerCase();
  const source = SOURCES.find((s) => s.name.toLowerCase() === key);
  if (source === undefined) return undefined;
  const found = built.get(key) ?? buildRepository(source);
  built.set(key, found);
  return found;
}

export const repositoryNames = (): readonly string[] => SOURCES.map((s) => s.name);
export const aboutRepository = (name: string): string => SOURCES.find((s) => s.name.toLowerCase() === name.toLowerCase())?.about ?? '';
