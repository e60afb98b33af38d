// An invented plan of the whole world in squares: streets, houses, gardens and ponds by
// zoom, x and y, always the same. PNG with a palette, written with zlib alone.
import { crc32, deflateSync } from 'node:zlib';

import { take } from './faults.mjs';
import { send } from './http.mjs';
import { answerWithFault } from './provider.mjs';

const SIDE = 256;
const BLOCK = 64;
const STREET = 5;
const MOST_ZOOM = 20;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
// Street, three of stone, two of grass, water, edge of the square.
const PALETTE = ['ffffff', 'efe6d8', 'e9dcc9', 'e3d3bd', 'd3e5c4', 'c3dcb1', 'b7d7e8', 'd9d9d9'];
const EDGE = PALETTE.length - 1;

const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const size = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
};

// One of the six grounds, from where the block is.
function ground(zoom, column, row) {
  const mixed = Math.imul(column ^ Math.imul(row, 0x27d4eb2d) ^ (zoom << 24), 0x165667b1);
  return 1 + ((mixed ^ (mixed >>> 15)) >>> 0) % (EDGE - 1);
}

export function picture(zoom, x, y) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc(SIDE * (SIDE + 1));
  for (let down = 0; down < SIDE; down += 1) {
    for (let across = 0; across < SIDE; across += 1) {
      const isStreet = across % BLOCK < STREET || down % BLOCK < STREET;
      const block = [x * 4 + Math.floor(across / BLOCK), y * 4 + Math.floor(down / BLOCK)];
      const isEdge = !across || !down;
      rows[down * (SIDE + 1) + across + 1] = isEdge ? EDGE : isStreet ? 0 : ground(zoom, ...block);
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(PALETTE.join(''), 'hex')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function sendPicture(res, body) {
  res.writeHead(200, { 'content-type': 'image/png', 'content-length': body.length });
  res.end(body);
}

// GET /tuiles/{z}/{x}/{y}.png
export async function serveTile(res, path) {
  const fault = take('tuiles', ['large', 'redirect']);
  if (fault?.kind === 'redirect') {
    res.writeHead(302, { location: 'https://autre.invalid/tuile.png' });
    res.end();
    return;
  }
  if (await answerWithFault('tuiles', res)) return;
  const [zoom, x, y] = (/^\/tuiles\/(\d{1,2})\/(\d{1,7})\/(\d{1,7})\.png$/.exec(path) || []).slice(1).map(Number);
  const count = 2 ** zoom;
  if (!(zoom <= MOST_ZOOM && x < count && y < count)) send(res, 404, { error: 'not_found' });
  else if (fault) sendPicture(res, Buffer.concat([picture(zoom, x, y), Buffer.alloc(2 * 1024 * 1024)]));
  else sendPicture(res, picture(zoom, x, y));
}
