/**
 * Runs inside the preview's sandbox. It hands every click on a link (of text, of an image map, of a drawing) and every form to the
 * page, which asks the simulated network. That nothing in the frame reaches the real one is not its doing: the sandbox and the
 * page's content policy see to that. Kept as text: its hash stands in that policy.
 */
export const bridgeScript = `addEventListener('click',function(e){var a=e.target.closest&&e.target.closest('a,area');if(!a)return;var h=a.getAttribute('href');if(h===null)h=a.getAttributeNS('http://www.w3.org/1999/xlink','href');if(h===null||h.charAt(0)==='#')return;e.preventDefault();parent.postMessage({drydock:'go',url:h,method:'GET'},'*')},true);addEventListener('submit',function(e){var f=e.target;e.preventDefault();var q=new URLSearchParams(new FormData(f,e.submitter||undefined)).toString();parent.postMessage({drydock:'go',url:f.getAttribute('action')||'',method:(f.getAttribute('method')||'GET').toUpperCase(),body:q},'*')},true)`;
