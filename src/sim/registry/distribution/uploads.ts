/** How blobs come in: POST begins, PATCH brings bytes, PUT names the digest; or all in one, or from another repository. */
import type { Sim } from '../../kernel/sim.ts';
import type { HttpRequest, ResponseWriter } from '../../net/http/server.ts';
import { failed } from './errors.ts';
import type { RegistryWriter } from './store.ts';

/** `reference`: the upload's name, '' to begin one. `base`: 'http://localhost:5000', for addresses in answers. */
export function* answerUpload(
  writer: RegistryWriter,
  repository: string,
  reference: string,
  base: string,
  req: HttpRequest,
  res: ResponseWriter,
): Sim<void> {
  if (reference === '') {
    if (req.method !== 'POST') return yield* failed(res, 'UNSUPPORTED');
    return yield* begin(writer, repository, base, req, res);
  }
  const size = yield* writer.uploaded(repository, reference);
  if (size === undefined) return yield* failed(res, 'BLOB_UPLOAD_UNKNOWN', {});
  switch (req.method) {
    case 'GET':
    case 'HEAD':
      return yield* progress(writer, repository, reference, base, res, 204);
    case 'PATCH':
      yield* receive(writer, repository, reference, req);
      return yield* progress(writer, repository, reference, base, res, 202);
    case 'PUT': {
      yield* receive(writer, repository, reference, req);
      return yield* finish(writer, repository, reference, req.query.get('digest') ?? '', base, res);
    }
    case 'DELETE':
      yield* writer.cancel(repository, reference);
      yield* res.writeHead(204);
      return yield* res.end('');
  }
  yield* failed(res, 'UNSUPPORTED');
}

function* begin(writer: RegistryWriter, repository: string, base: string, req: HttpRequest, res: ResponseWriter): Sim<void> {
  const mount = req.query.get('mount');
  const from = req.query.get('from');
  if (mount !== undefined && from !== undefined && (yield* writer.link(repository, mount, from)))
    return yield* created(repository, mount, base, res);
  const upload = yield* writer.begin(repository);
  const digest = req.query.get('digest');
  if (digest === undefined) return yield* progress(writer, repository, upload, base, res, 202);
  yield* receive(writer, repository, upload, req);
  yield* finish(writer, repository, upload, digest, base, res);
}

function* receive(writer: RegistryWriter, repository: string, upload: string, req: HttpRequest): Sim<void> {
  for (let data = yield* req.body.read(); data !== null; data = yield* req.body.read()) yield* writer.append(repository, upload, data);
}

function* finish(writer: RegistryWriter, repository: string, upload: string, digest: string, base: string, res: ResponseWriter): Sim<void> {
  if (!(yield* writer.finish(repository, upload, digest))) return yield* failed(res, 'DIGEST_INVALID');
  yield* created(repository, digest, base, res);
}

function* created(repository: string, digest: string, base: string, res: ResponseWriter): Sim<void> {
  res.headers.set('Location', `${base}/v2/${repository}/blobs/${digest}`);
  res.headers.set('Docker-Content-Digest', digest);
  yield* res.writeHead(201);
  yield* res.end('');
}

function* progress(
  writer: RegistryWriter,
  repository: string,
  upload: string,
  base: string,
  res: ResponseWriter,
  status: number,
): Sim<void> {
  const size = (yield* writer.uploaded(repository, upload)) ?? 0;
  res.headers.set('Location', `${base}/v2/${repository}/blobs/uploads/${upload}`);
  res.headers.set('Range', `0-${Math.max(0, size - 1)}`);
  res.headers.set('Docker-Upload-Uuid', upload);
  yield* res.writeHead(status);
  yield* res.end('');
}
