// What a page with React and xterm.js costs at least: a prompt that answers `echo` in the key's own task.
import '@xterm/xterm/css/xterm.css';
import { ballast } from 'virtual:ballast';
import { Terminal } from '@xterm/xterm';
import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';

function Floor() {
  const host = useRef(null);
  useEffect(() => {
    const terminal = new Terminal({ cols: 110, rows: 30 });
    terminal.open(host.current);
    let line = '';
    terminal.onData((keys) => {
      for (const key of keys) {
        if (key !== '\r') {
          line += key;
          terminal.write(key);
          continue;
        }
        terminal.write(`\r\n${line.replace(/^echo /, '')}\r\n$ `);
        line = '';
      }
    });
    document.title = `Floor ${ballast()}`;
    terminal.write('$ ');
    terminal.focus();
    const lineText = (y) => terminal.buffer.active.getLine(terminal.buffer.active.viewportY + y)?.translateToString(true) ?? '';
    window.__terminal = { ready: true, text: () => Array.from({ length: terminal.rows }, (_, y) => lineText(y)).join('\n') };
    return () => terminal.dispose();
  }, []);
  return <div ref={host} />;
}

createRoot(document.getElementById('root')).render(<Floor />);
