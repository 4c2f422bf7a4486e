import { createHash } from "node:crypto";
const hash = (s) => createHash("sha256").update(s).digest("base64");
const settings = { server: process.argv[3], key: "a-key", use_auth: false };
const socket = new WebSocket(process.argv[2]);
socket.onmessage = ({ data }) => {
  const { op, d } = JSON.parse(data), send = (op, d) => socket.send(JSON.stringify({ op, d }));
  if (op === 0) send(1, { rpcVersion: 1, eventSubscriptions: 0, authentication: hash(hash(process.env.OBS_PASSWORD + d.authentication.salt) + d.authentication.challenge) });
  if (op === 2) send(6, { requestType: "SetStreamServiceSettings", requestId: "1", requestData: { streamServiceType: "rtmp_custom", streamServiceSettings: settings } });
  if (op === 7) process.exit(d.requestStatus.result ? 0 : 1);
};
