/** Builtins that are themselves short jq programs; most are what the manual says that they are equal to. */
export const PRELUDE = `
def error(msg): msg | error;
def halt_error: halt_error(5);
def map(f): [.[] | f];
def map_values(f): .[] |= f;
def select(f): if f then . else empty end;
def recurse(f): def walk_down: ., (f | walk_down); walk_down;
def recurse(f; keep): def walk_down: ., (f | select(keep) | walk_down); walk_down;
def recurse: recurse(.[]?);
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type == "array" or type == "object");
def scalars: select(type != "array" and type != "object");
def finites: select(isinfinite or isnan | not);
def normals: select(isnormal);
def isfinite: type == "number" and (isinfinite | not);
def add(f): reduce f as $x (null; . + $x);
def add: add(.[]);
def abs: if . < 0 then -. else . end;
def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def from_entries: reduce .[] as $e ({};
  . + {($e | .key // .Key // .name // .Name): ($e | if has("value") then .value else .Value end)});
def with_entries(f): to_entries | map(f) | from_entries;
def del(f): delpaths([path(f)]);
def paths: path(..) | select(length > 0);
def paths(keep): path(.. | select(keep)) | select(length > 0);
def leaf_paths: paths(scalars);
def pick(f): . as $whole | reduce path(f) as $p (null; setpath($p; $whole | getpath($p)));
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique_by(f): _unique_by(map([f]));
def min_by(f): _min_by(map([f]));
def max_by(f): _max_by(map([f]));
def reverse: [.[length - 1 - range(0; length)]];
def flatten($depth):
  def level($d): reduce .[] as $x ([]; if ($x | type) == "array" and $d != 0 then . + ($x | level($d - 1)) else . + [$x] end);
  if $depth < 0 then error("flatten depth must not be negative") else level($depth) end;
def flatten: flatten(1e9);
def range($end): range(0; $end);
def range($from; $to; $by):
  if $by > 0 then $from | while(. < $to; . + $by) elif $by < 0 then $from | while(. > $to; . + $by) else empty end;
def first(f): label $done | f | ., break $done;
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def nth($n; f): if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
def isempty(f): first((f | false), true);
def limit($n; f):
  if $n > 0 then label $done | foreach f as $x ($n; . - 1; $x, if . <= 0 then break $done else empty end)
  elif $n == 0 then empty else error("limit doesn't support negative count") end;
def skip($n; f):
  if $n > 0 then foreach f as $x ($n; . - 1; if . < 0 then $x else empty end)
  elif $n == 0 then f else error("skip doesn't support negative count") end;
def until(done; step): def go: if done then . else step | go end; go;
def while(going; step): def go: if going then ., (step | go) else empty end; go;
def repeat(f): def go: f, go; go;
def inputs: try repeat(input) catch if . == "break" then empty else error end;
def all(f; ok): isempty(f | ok and empty);
def any(f; ok): isempty(f | ok or empty) | not;
def all(ok): all(.[]; ok);
def any(ok): any(.[]; ok);
def all: all(.);
def any: any(.);
def in(object): . as $key | object | has($key);
def inside(whole): . as $part | whole | contains($part);
def indices($i):
  if type == "array" and ($i | type) == "array" then .[$i] elif type == "array" then .[[$i]]
  elif type == "string" and ($i | type) == "string" then _strindices($i) else .[$i] end;
def index($i): indices($i) | .[0];
def rindex($i): indices($i) | .[-1:][0];
def join($by):
  reduce .[] as $x (null; (if . == null then "" else . + $by end)
    + ($x | if type == "boolean" or type == "number" then tojson else . // "" end)) // "";
def ltrimstr($start): if startswith($start) then .[$start | length:] else . end;
def rtrimstr($end): if endswith($end) then .[:length - ($end | length)] else . end;
def trimstr($both): ltrimstr($both) | rtrimstr($both);
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end;
def combinations(n): . as $set | [range(n) | $set] | combinations;
def transpose: [range(0; map(length) | max // 0) as $i | [.[][$i]]];
def walk(f): def go: if type == "object" then map_values(go) elif type == "array" then map(go) else . end | f; go;
def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");
def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
def todate: todateiso8601;
def fromdate: fromdateiso8601;
def date: todate;
def dateadd(unit; $n): . + $n;
def datesub(unit; $n): . - $n;
def debug(message): (message | debug | empty), .;
def _spec($v; f):
  ($v | type) as $t
  | if $t == "string" then [$v, null] elif $t == "array" and ($v | length) > 1 then [$v[0], $v[1]]
    elif $t == "array" and ($v | length) > 0 then [$v[0], null] else error($t + " not a string or array") end | f;
def match(pattern; flags): _match(pattern; flags; false) | .[];
def match($v): . as $text | _spec($v; . as [$re, $flags] | $text | match($re; $flags));
def test(pattern; flags): _match(pattern; flags; true);
def test($v): . as $text | _spec($v; . as [$re, $flags] | $text | test($re; $flags));
def _named: reduce (.captures[] | select(.name != null)) as $c ({}; . + {($c.name): $c.string});
def capture(pattern; flags): match(pattern; flags) | _named;
def capture($v): match($v) | _named;
def scan($re; $flags): match($re; "g" + $flags) | if (.captures | length) > 0 then [.captures[].string] else .string end;
def scan($re): scan($re; null);
def splits($re; $flags):
  . as $text | foreach (match($re; $flags + "g"), null) as $m ({next: 0};
    {piece: $text[.next:($m | if . == null then null else .offset end)], next: ($m | if . == null then 0 else .offset + .length end)};
    .piece);
def splits($re): splits($re; null);
def split($re; $flags): [splits($re; $flags)];
def sub($re; with; $flags):
  . as $text
  | (reduce match($re; $flags) as $m ({done: [], from: 0};
      .from as $from
      | [$m | _named | with] as $new
      | reduce range(0; $new | length) as $i (.; .done[$i] += $text[$from:$m.offset] + $new[$i])
      | .from = $m.offset + $m.length)
    | .done[] + $text[.from:]) // $text;
def sub($re; with): sub($re; with; "");
def gsub($re; with; $flags): sub($re; with; $flags + "g");
def gsub($re; with): sub($re; with; "g");
def tostream: path(def leaves: (.[]? | leaves), .; leaves) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
def fromstream(events):
  foreach events as $e ({emit: false, value: null};
    if .emit then {emit: false, value: null} else . end
    | if ($e | length) == 2 then .emit = ($e[0] | length == 0) | .value |= setpath($e[0]; $e[1]) else .emit = ($e[0] | length == 1) end;
    if .emit then .value else empty end);
def truncate_stream(events):
  . as $n | null | events | . as $e | if ($e[0] | length) > $n then setpath([0]; $e[0][$n:]) else empty end;
def INDEX(rows; key): reduce rows as $row ({}; .[$row | key | tostring] |= $row);
def INDEX(key): INDEX(.[]; key);
def IN(set): any(set == .; .);
def IN(values; set): any(values == set; .);
def JOIN($index; key): [.[] | [., $index[key]]];
def JOIN($index; rows; key): rows | [., $index[key]];
def JOIN($index; rows; key; join): rows | [., $index[key]] | join;
def get_search_list: [];
`;
