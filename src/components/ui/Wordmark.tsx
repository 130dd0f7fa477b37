/** A stepped dock basin in ink with one upright block in it. */
export function Wordmark() {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 22 20" width="22" height="20" aria-hidden="true">
        <path fill="currentColor" d="M0 5h4v4h3v4h8V9h3V5h4v15H0z" />
        <path fill="var(--color-accent)" d="M8.5 0h5v11h-5z" />
      </svg>
      Drydock
    </span>
  );
}
