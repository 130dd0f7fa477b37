/**
 * Runs inside the preview's sandbox. It hands every click on a link and every form to the page, which asks the simulated
 * network; nothing in the frame can reach the real one. Kept as text: its hash stands in the page's content policy.
 */
export const bridgeScript = `addEventListener('click',function(e){var a=e.target.closest&&e.target.closest('a[href]');if(!a)return;var h=a.getAttribute('href');if(h.charAt(0)==='#')return;e.preventDefault();parent.postMessage({drydock:'go',url:h,method:'GET'},'*')},true);addEventListener('submit',function(e){var f=e.target;e.preventDefault();var q=new URLSearchParams(new FormData(f,e.submitter||undefined)).toString();parent.postMessage({drydock:'go',url:f.getAttribute('action')||'',method:(f.getAttribute('method')||'GET').toUpperCase(),body:q},'*')},true)`;
