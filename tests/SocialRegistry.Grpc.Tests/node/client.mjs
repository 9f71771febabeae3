// A stock client: @grpc/grpc-js with the files in proto/, nothing of ours. Takes its settings as one JSON argument,
// makes each call and prints what it got, one JSON object with a member per call.
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const settings = JSON.parse(process.argv[2]);
const root = grpc.loadPackageDefinition(
  loader.loadSync(['registrants', 'field_catalogue', 'partners'].map((f) => `socialregistry/v1/${f}.proto`), {
    includeDirs: [settings.proto],
    keepCase: true,
    longs: String,
    enums: String,
    defaults: false,
  }),
);
const { Registrants, FieldCatalogue, Partners } = root.socialregistry.v1;
const plain = grpc.credentials.createInsecure();
const registrants = new Registrants(settings.address, plain);
const catalogue = new FieldCatalogue(settings.address, plain);
const partners = new Partners(settings.address, plain);

const signed = () => {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${settings.token}`);
  return metadata;
};
const inSeconds = (seconds) => ({ deadline: Date.now() + seconds * 1000 });
const failure = (error) => ({
  status: grpc.status[error.code],
  detail: error.details,
  problem: error.metadata?.get('problem-code')[0],
  version: error.metadata?.get('current-version')[0],
  details: error.metadata?.get('grpc-status-details-bin')[0]?.length ?? 0,
});

const unary = (client, method, request, metadata = signed(), options = inSeconds(20)) =>
  new Promise((resolve) =>
    client[method](request, metadata, options, (error, answer) =>
      resolve(error ? failure(error) : { status: 'OK', answer }),
    ),
  );

const streamed = (client, method, request) =>
  new Promise((resolve) => {
    const items = [];
    const call = client[method](request, signed(), inSeconds(20));
    call.on('data', (item) => items.push(item));
    call.on('error', (error) => resolve(failure(error)));
    call.on('end', () => resolve({ status: 'OK', items }));
  });

const raw = (path) =>
  new Promise((resolve) =>
    registrants.makeUnaryRequest(path, (b) => b, (b) => b, Buffer.alloc(0), signed(), inSeconds(20), (error) =>
      resolve(error ? failure(error) : { status: 'OK' }),
    ),
  );

// The health protocol (grpc.health.v1), field by field: an empty request, and an answer with one enumeration.
const health = () =>
  new Promise((resolve) =>
    registrants.makeUnaryRequest(
      '/grpc.health.v1.Health/Check', () => Buffer.alloc(0), (b) => b, {}, new grpc.Metadata(), inSeconds(20),
      (error, bytes) => resolve(error ? failure(error) : { status: 'OK', serving: bytes.equals(Buffer.from([8, 1])) }),
    ),
  );

const cancelled = () =>
  new Promise((resolve) => {
    const call = partners.find({ id: 'slow' }, signed(), inSeconds(20), (error) => resolve(failure(error)));
    setTimeout(() => call.cancel(), 200);
  });

const forged = () => {
  const [header, payload, signature] = settings.token.split('.');
  const metadata = new grpc.Metadata();
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url')), sub: 'somebody else' };
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  metadata.set('authorization', `Bearer ${header}.${body}.${signature}`);
  return metadata;
};

const results = {};
results.health = await health();
results.catalogue = await unary(catalogue, 'get', {});
results.created = await unary(registrants, 'create', settings.create);
const record = results.created.answer?.registrant;
results.found = await streamed(registrants, 'find', {
  identifiers: [settings.create.identifiers[0], { ...settings.create.identifiers[0], value: settings.nobody }],
});
results.read = await unary(registrants, 'get', { id: record?.id });
results.changed = await unary(registrants, 'update', { ...settings.update, id: record?.id, expected_version: record?.version });
results.stale = await unary(registrants, 'update', { ...settings.update, id: record?.id, expected_version: record?.version });
results.missing = await unary(registrants, 'get', { id: '00000000-0000-7000-8000-000000000000' });
results.invalid = await unary(registrants, 'create', { ...settings.create, values: { no_such_field: '1' } });
results.notAnId = await unary(registrants, 'get', { id: 'x' });
results.notJson = await unary(registrants, 'create', { ...settings.create, values: { given_name: '{' } });
results.unsigned = await unary(registrants, 'get', { id: record?.id }, new grpc.Metadata());
results.forged = await unary(registrants, 'get', { id: record?.id }, forged());
results.late = await unary(partners, 'find', { id: 'slow' }, signed(), inSeconds(0.5));
results.cancelled = await cancelled();
results.unknownMethod = await raw('/socialregistry.v1.Registrants/Delete');
results.unknownService = await raw('/socialregistry.v1.Nothing/Get');
results.tooLarge = await unary(registrants, 'create', { ...settings.create, values: { given_name: `"${'x'.repeat(5_000_000)}"` } });
console.log(JSON.stringify(results));
for (const client of [registrants, catalogue, partners]) client.close();
