// Every sentence of the walk with kits, Chinese first; loaded with its screen. What is said elsewhere too is
// in ui/words.ts.

import { settings } from "../settings";
import { sentence } from "../words";

const zh = {
  left: "还没发", missing: "差结果", hand: "手里", day: "第{n}天", how: "点开一户，按“发放”",
  due: "发{n}份", given: "已发{n}份", results_in: "差{n}人结果", complete: "齐了", closed_short: "已停发", none_due: "没有要发的",
  hand_out: "发放 {n} 份", given_by: "{by} {at} 已发 {n} 份", given_here: "本机已发 {n} 份", take_back: "撤回，份数回到手里", ring: "打电话",
  double: "{by} {at} 先发过了。您这 {n} 份还在他家？拿回来就按“撤回”；没拿回，社区会知道发了两次。",
  doubles: "{n}户别人先发过了，点开看", held: "社区在核实：{why}", note: "已记下。请注意：{why}",
  value_: "还没有结果", value_negative: "阴性", value_positive: "阳性", value_invalid: "无效", late: "第{n}天逾期", is_late: "逾期", is_held: "等复采",
  undo_result: "撤销这个结果", sure_positive: "{name} 是阳性吗？", yes_positive: "是阳性", another: "不是，返回",
  result_of: "{name}　第{n}天的结果", store: "从哪个仓库领的", count_title: "手里有多少份？", count_how: "数一数袋子里的，发一户减一户。", count_keep: "记下",
  count_none: "先不数", no_doors: "这里没有要发的房门。", next: "下一户", refresh: "更新名单",
  // what was done
  kits_handed: "{door}　发了 {n} 份", kits_handed_over: "{door}　发了 {n} 份。袋子里比记的多，请再数一数", kits_back: "{door}　撤回 {n} 份",
  kit_already: "{door} 已经发过：{by} {at}", kit_already_here: "{door} 本机已经发过", kit_series_closed: "本次发放已停止，不再发", kit_nobody_lives_here: "{door} 名单里没有人",
  kit_no_store: "还没有仓库。请管物资的人先在电脑上入库", kit_not_listed: "不在这张名单里", kit_result: "{name} {door}　{value}", kit_positive: "{name} {door}　阳性。请留在家里，社区马上安排复采",
  kit_result_stands: "{name} 先前的结果不能改：阳性要等复采", kit_day_ahead: "这一天还没到", kit_day_unknown: "没有这一天", kit_result_back: "已撤销：{name} {door}",
  kit_all_done: "每户都发了，结果都齐了", kit_only_here: "只剩这一户了",
  // why the desk looks at it
  why_device_revoked: "本机已停用", why_nobody_lives_here: "名单里没有人", why_store_not_found: "没有这个仓库", why_nothing_in_store: "仓库没有入库记录",
  why_person_unknown: "名单里没有这个人", why_person_other_community: "是别的社区的人", why_stranger_at_door: "不住这一户", why_kit_day_unknown: "日子不对",
  why_kit_undo_too_late: "撤回太晚", why_kits_used: "已有结果", why_kit_result_stands: "阳性要等复采", why_kits_count_differs: "按规定应发{due}份", why_series_closed: "本次发放已停止", why_other: "需要核实",
};

export type KitText = keyof typeof zh;

const en: Record<KitText, string> = {
  left: "Doors left", missing: "Results missing", hand: "In hand", day: "Day {n}", how: "Open a door, press Hand out",
  due: "{n} due", given: "{n} given", results_in: "{n} to report", complete: "complete", closed_short: "stopped", none_due: "nothing due",
  hand_out: "Hand out {n}", given_by: "{n} handed out by {by} {at}", given_here: "{n} handed out by this phone", take_back: "Take back: into your bag", ring: "Ring",
  double: "{by} was here first, {at}. Are your {n} kits still there? If you have them back press Take back; if not, the desk sees that two lots were given.",
  doubles: "{n} doors had their kits already: open them", held: "The desk looks at it: {why}", note: "Kept. Note: {why}",
  value_: "no result yet", value_negative: "negative", value_positive: "positive", value_invalid: "invalid", late: "day {n} late", is_late: "late", is_held: "waits for a re-test",
  undo_result: "Undo this result", sure_positive: "{name} is positive?", yes_positive: "Positive", another: "No, back",
  result_of: "{name}: result of day {n}", store: "My kits come from", count_title: "How many are in hand?", count_how: "Count your bag; each door takes its share off.", count_keep: "Keep",
  count_none: "Do not count", no_doors: "No doors here.", next: "Next door", refresh: "Update the list",
  kits_handed: "{door}: {n} handed out", kits_handed_over: "{door}: {n} handed out. More than was counted: count again", kits_back: "{door}: {n} taken back",
  kit_already: "{door} has its kits: {by} {at}", kit_already_here: "{door} has its kits from this phone", kit_series_closed: "Stopped: no more kits for this series", kit_nobody_lives_here: "{door}: nobody on the list",
  kit_no_store: "No store yet: kits have to be entered at the desk first", kit_not_listed: "Not on this list", kit_result: "{name} {door}: {value}", kit_positive: "{name} {door}: positive. Stay at home; a re-test is arranged",
  kit_result_stands: "{name}: cannot be changed, a positive waits for its re-test", kit_day_ahead: "That day has not come", kit_day_unknown: "There is no such day", kit_result_back: "Taken back: {name} {door}",
  kit_all_done: "Every door has its kits and every result is in", kit_only_here: "Only this door is left",
  why_device_revoked: "this phone was revoked", why_nobody_lives_here: "nobody on the roll", why_store_not_found: "no such store", why_nothing_in_store: "nothing was entered in the store",
  why_person_unknown: "person not on the roll", why_person_other_community: "of another community", why_stranger_at_door: "does not live here", why_kit_day_unknown: "wrong day",
  why_kit_undo_too_late: "too late to take back", why_kits_used: "results have come in", why_kit_result_stands: "a positive waits for its re-test", why_kits_count_differs: "the rule gives {due}", why_series_closed: "the series was closed", why_other: "to be looked at",
};

type Data = Record<string, string | number>;

export function k(word: KitText, data: Data = {}): string {
  const text = (settings.language === "en" ? en : zh)[word];
  return text.replace(/\{(\w+)\}/g, (_, field: string) => String(data[field] ?? "")).trim();
}

/** The hour, of another day the date too. */
export function clockOf(at: string): string {
  if (!at) return "";
  const when = new Date(at);
  const two = (n: number): string => String(n).padStart(2, "0");
  const hour = `${two(when.getHours())}:${two(when.getMinutes())}`;
  return when.toDateString() === new Date().toDateString() ? hour : `${two(when.getMonth() + 1)}-${two(when.getDate())} ${hour}`;
}

/** What was decided, as a sentence. */
export function told(code: string, data: Data = {}): string {
  if (code === "kit_already" && !data.by) return k("kit_already_here", data);
  if (!(code in zh)) return sentence(code, data);
  const value = `value_${data.value}`;
  return k(code as KitText, { ...data, at: clockOf(String(data.at ?? "")), value: value in zh ? k(value as KitText) : "" });
}

export function why(code: string, data: Data = {}): string {
  const word = `why_${code}`;
  return k(word in zh ? (word as KitText) : "why_other", data);
}
