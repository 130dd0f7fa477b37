import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** CodeMirror in the page's own tokens: light and dark follow by themselves. */
export const look = [
  EditorView.theme({
    '&': { height: '100%', backgroundColor: 'var(--color-s1)', color: 'var(--color-ink)', fontSize: '13px' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '20px' },
    '.cm-content': { padding: '10px 0', caretColor: 'var(--color-ink)' },
    '.cm-line': { padding: '0 16px 0 8px' },
    '.cm-gutters': { backgroundColor: 'var(--color-s1)', color: 'var(--color-ink3)', border: 'none' },
    '.cm-lineNumbers .cm-gutterElement': { padding: '0 10px 0 18px', minWidth: '20px' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--color-s2)' },
    '.cm-cursor': { borderLeft: '2px solid var(--color-ink)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'var(--color-sel)',
    },
    '.cm-panels': { backgroundColor: 'var(--color-s2)', color: 'var(--color-ink)', borderColor: 'var(--color-line)' },
    '.cm-searchMatch': { backgroundColor: 'var(--color-accent-soft)', outline: '1px solid var(--color-accent)' },
    '.cm-textfield': {
      backgroundColor: 'var(--color-s1)',
      border: '1px solid var(--color-edge)',
      borderRadius: 'var(--radius-control)',
      color: 'var(--color-ink)',
    },
    '.cm-button': {
      backgroundImage: 'none',
      backgroundColor: 'var(--color-s1)',
      border: '1px solid var(--color-edge)',
      borderRadius: 'var(--radius-control)',
      color: 'var(--color-ink)',
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--color-blue)', fontWeight: '640' },
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--color-ansi-2)' },
      { tag: [tags.number, tags.bool, tags.atom], color: 'var(--color-ansi-5)' },
      { tag: [tags.comment, tags.lineComment], color: 'var(--color-ink3)' },
      { tag: [tags.variableName, tags.propertyName, tags.attributeName], color: 'var(--color-ansi-6)' },
      { tag: [tags.typeName, tags.tagName, tags.definition(tags.propertyName)], color: 'var(--color-ansi-4)' },
      { tag: tags.invalid, color: 'var(--color-bad)' },
    ]),
  ),
];
