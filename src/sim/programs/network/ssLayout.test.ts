import { expect, it } from 'vitest';
import { ssTable } from './ssLayout.ts';

const LISTENING = ['LISTEN', '0     ', '128   ', '0.0.0.0:', '22', '0.0.0.0:', '*', ''];

it('columns are as wide as what is in them, and Process follows its neighbour at once', () => {
  expect(ssTable([LISTENING], { header: true, netid: false, screen: undefined })).toBe(
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nLISTEN 0      128          0.0.0.0:22        0.0.0.0:*          \n',
  );
});

it('without the header an empty column takes no room', () => {
  expect(ssTable([LISTENING], { header: false, netid: false, screen: undefined })).toBe('LISTEN 0      128    0.0.0.0:22 0.0.0.0:*\n');
});

it('on a terminal the table is spread over the line', () => {
  expect(ssTable([LISTENING], { header: true, netid: false, screen: 80 })).toBe(
    `State    Recv-Q   Send-Q     Local Address:Port     Peer Address:Port  Process  
LISTEN   0        128              0.0.0.0:22            0.0.0.0:*              
`,
  );
});
