/** Settings of an AWS client for a server on this machine, which checks no signatures. */
export const clientSettings = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  forcePathStyle: true, // of S3, which would otherwise look for the host bucket.127.0.0.1
});
