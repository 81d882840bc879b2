// Every sentence of the lane, Chinese first. A missing one does not compile.

import { settings } from "./settings";

const zh = {
  muster: "集结", lane: "采样登记", kits: "发抗原", table: "{n}号台", in_tube: "本管", unsent: "未上传", total: "累计",
  household_tube: "一户一管", of_size: "满{n}人自动封管", no_tube: "请扫采样管条码", next_tube: "请扫下一管",
  scan_people: "请扫居民码", people_known: "名单{n}人",
  camera: "拍码", search: "找人", unknown: "新登记", undo: "撤销上一个", close_tube: "封管", more: "更多",
  online: "在线", offline: "无网络，照常登记", sending: "正在上传", waiting: "等待回执", busy: "服务器忙，稍后自动重发",
  refused: "本机未登记，请找社区重新扫码", idle: "已全部上传", idle_unsent: "等待上传",
  // enrol
  enrol_title: "领取本台", enrol_how: "扫社区大屏二维码，或输入8位数字", enrol_code: "8位数字", enrol: "登记本机",
  enrolment_unknown: "数字不对、已用过或超过10分钟。请社区重新出码。", enrolment_guesses: "错误太多，请10分钟后再试。",
  enrol_offline: "首次登记需要网络。请靠近路由器或打开流量。", enrol_failed: "未成功，请再试一次。",
  recovered: "找回{n}条未上传记录，正在送往社区。",
  starting: "正在打开…", starting_offline: "需要网络下载名单，请靠近路由器。", retry: "重试",
  broken: "这个浏览器不保存数据（可能是无痕窗口）。请用普通窗口打开。",
  // setup
  setup_title: "每管几个人？", setup_how: "整轮只选一次，可在“更多”里改。", people_a_tube: "{n}人一管", single: "单人单管",
  start: "开始",
  // outcomes
  recorded: "{name} {door}", recorded_exempt: "{name} {door}　名单为豁免，已登记", recorded_at_home: "{name} {door}　原定上门，已登记",
  tube_open: "新管 {code}，请扫人", tube_in_hand: "正是本管", tube_closed: "{code} 已封管，请扫下一管",
  tube_full: "{code} 已满", tube_full_closed: "{name}　第{held}人，已封管", tube_closed_with: "已封管，共{held}人",
  tube_put_back: "空管已放下", tube_first: "先扫采样管，再扫人", tube_code_malformed: "不是采样管码：{code}",
  tube_other_household: "{name} 不是这一户的，本管一户一管", person_in_tube: "{name} 已在本管",
  person_already_here: "{name} {door} 本机登记过，在 {tube} 管", person_already_recorded: "{name} {door} 已在{table}号台采过",
  person_unknown: "不在本点名单，可能是别的小区", person_recalled: "{name} {door} 是复采，应单人单管",
  close_short: "本管只有{held}人，不满{size}人。为什么封管？", undone: "已撤销 {name}", voided: "已作废 {name}",
  moved: "{name} 已移到 {code}", nothing_to_undo: "没有可撤销的", round_closed: "本轮已结束，不再登记",
  storage_full: "手机存满了，没有记上！请先导出或清理手机", answer_first: "请先回答屏幕上的问题",
  scan_unknown: "不认识这个码。请按姓名、房号或手机尾号找人", scan_enrolment: "这是登记手机的码，本机已登记",
  code_garbled: "码不完整。擦净或换角度再扫，或按姓名、房号找人", code_elsewhere: "不是本市的码。请按姓名、房号找人",
  code_forged: "码是假的，不能用。请按姓名、房号找人，并告诉社区", code_expired: "码已过期。请居民刷新页面，或按姓名、房号找人",
  family_who: "一家{count}人，来了谁？", card_is: "身份证：{name} {door}，是本人吗？", card_several: "{name} 有{count}人同名，请选",
  card_find: "身份证已读，请按姓名或房号找到本人", card_new: "名单里没有，请补房号", move_scan_tube: "请扫要移去的采样管",
  // answers
  anyway: "仍然登记", move_here: "移到本管", no: "不登记", yes: "是本人", cancel: "取消", close: "关闭", back: "返回",
  reason_queue: "没有人了", reason_break: "换班休息", reason_leak: "管有问题", reason_other: "其他原因",
  // search
  search_how: "姓名、拼音首字母、房号、手机尾号", search_none: "没有找到。", search_start: "例：王 501、wxy、3-2-501、0003", add_new: "新登记此人",
  here_already: "本机已登记", at_table: "{n}号台采过",
  // unknown
  unknown_title: "新登记", name: "姓名", door: "房号或住处", phone: "手机号", number: "证件号", record: "登记",
  baby: "婴儿，没有证件", passport: "护照", kind_plain: "居民", said_needs: "请填姓名和房号", unnamed: "未留名",
  // entry
  entry_title: "这一条", entry_move: "移到别的管", entry_move_how: "扫那一管，或输入管码", tube_code: "管码", move: "移过去",
  entry_void: "作废，为什么？", void_twice: "扫了两次", void_wrong: "扫错人", void_spoilt: "拭子掉了", void_left: "没有采就走了",
  taken_at: "{at} 登记", state_unsent: "未上传", state_accepted: "已收到", state_flagged: "已收到，重复", state_held: "已收到，社区核实", state_void: "已作废",
  // tubes
  tubes_title: "本机的管", tubes_none: "还没有管。", tube_short: "不满", tube_is_open: "未封",
  // more
  more_title: "更多", language: "English", dark: "夜间模式", sound: "声音", size_change: "改每管人数", tubes_list: "已登记的管",
  paper: "补录纸质单", export: "导出未上传（加密文件）", import: "代传别的手机的文件", hand_back: "交还手机，清空本机",
  hand_back_sure: "清空后不能恢复。确定？", hand_back_unsent: "还有{n}条未上传，先上传或导出。", send_now: "立即上传",
  exported: "已导出{n}条。把文件交给社区或任何在线的手机。", export_none: "没有未上传的记录。", import_ok: "已代传{n}条。",
  import_wrong: "不是导出的文件。", import_failed: "没有传上去，请有网络时再试。", install: "添加到桌面：浏览器菜单 → 添加到主屏幕",
  // hints
  clock_wrong: "本机时间差{n}分钟，请在系统设置里改成自动", storage_almost: "手机快存满了，请清理", storage_unsafe: "请添加到桌面，免得浏览器清掉数据",
  doubtful: "{n}条社区在核实", stuck: "{n}条服务器读不懂，请导出交社区", twice: "采样登记已在另一个窗口打开。请用那一个，或关掉它。", switch_first: "还有未上传的，全部上传后再换台",
  // ends
  revoked_title: "本机已停用", revoked_how: "名单已清除。没上传的还在，请上传或导出。",
  expired_title: "本机已到期", expired_how: "要继续，请社区重新出码。没上传的还在，请上传或导出。",
  closed_title: "本轮已结束", closed_how: "不再登记。没上传的还在，请上传或导出。", all_sent: "全部已上传，可以交还手机。",
  // camera
  camera_off: "打不开相机。请允许使用相机，或用扫码枪、找人。", torch: "手电", camera_how: "对准条码或二维码",
  // paper
  paper_title: "补录纸质单", paper_how: "管码回车，然后一人一行：房号或姓名，回车。满管自动封。", paper_person: "房号、姓名或手机尾号",
  paper_pick: "↑↓选，回车登记",
  // doors
  walk: "上门找人", undo_short: "撤销", doors_left: "还剩几户", doors_again: "无人应门", next_door: "下一户", walk_how: "点人名，记下找到的情况",
  walk_go: "上门找人", walk_leave: "回采样台", walk_choose: "换楼栋", from_top: "从顶楼往下走", walk_close_first: "先封好手里的管，再去上门",
  walk_parts: "领哪几栋、哪几个单元？", walk_parts_how: "名单下到本机，之后一天不用网络。", walk_take: "下载名单，开始",
  walk_offline: "下载名单需要网络，请靠近路由器。", walk_none: "这里没有要找的人了。", walk_done: "这张名单上的都找过了",
  walk_too_large: "要找的人太多，请少领几栋或几个单元。", doors_elsewhere: "本机不负责这些房门，请社区重新出码。",
  walk_not_listed: "不在这张上门名单里", people_left: "{n}人要找", door_done: "已找过", nobody_opened: "整户无人应门", ring: "打电话",
  is_missing: "要找", is_not_found: "无人应门", is_came: "说已采过", is_refused: "拒绝", is_home_visit: "待上门", is_moved: "已搬走",
  is_away: "外出", is_exempt: "豁免", is_gone: "不用找了", found_not_found: "{name} {door}　无人应门", found_came: "{name} {door}　说已采过，社区去核",
  found_refused: "{name} {door}　拒绝", found_home_visit: "{name} {door}　待上门", found_moved: "{name} {door}　已搬走",
  found_away: "{name} {door}　外出", found_exempt: "{name} {door}　豁免", found_nobody: "{door}　无人应门", nobody_left: "{door} 没有要找的人了",
  word_undone: "已撤销：{name} {door}", found_swabbed: "已采样，管已封", found_swabbed_short: "已采样", at_some_table: "台上已采过，不用再来",
  other_word: "另有人记的不一样，以后收到的为准", swab_here: "现在采样", swab_how: "采好后扫管码，一人一管", swab_who: "先点人名，再扫管",
  away_until: "哪天回来？", away_day: "选日子", away_record: "记这一天", away_unknown: "不知道", tomorrow: "明天", three_days: "三天后", a_week: "一周后",
  two_weeks: "两周后", until: "到{day}", exempt_why: "为什么豁免？", note: "备注（可不填）",
  carried: "替别的手机带着{n}份文件，有网络时自动送出", import_kept: "已收下{n}条（加密），有网络时自动送出。",
  family_title: "来了谁？", family_record: "登记{n}人", not_listed: "名单外的人",
};

export type Word = keyof typeof zh;

const en: Record<Word, string> = {
  muster: "Muster", lane: "Sampling", kits: "Kits", table: "Table {n}", in_tube: "In this tube", unsent: "Unsent", total: "Total",
  household_tube: "One household a tube", of_size: "Closes by itself at {n}", no_tube: "Scan a tube's barcode", next_tube: "Scan the next tube",
  scan_people: "Scan residents' codes", people_known: "{n} on the list",
  camera: "Camera", search: "Find", unknown: "Add", undo: "Undo last", close_tube: "Close tube", more: "More",
  online: "Online", offline: "No network: go on recording", sending: "Sending", waiting: "Waiting for receipts", busy: "Server is full, sent again by itself",
  refused: "This phone is not enrolled. Scan a new code at the desk", idle: "All sent", idle_unsent: "Waiting to be sent",
  enrol_title: "Take a table", enrol_how: "Scan the QR at the desk, or type the 8 digits", enrol_code: "8 digits", enrol: "Enrol this phone",
  enrolment_unknown: "Wrong, used, or older than ten minutes. Ask the desk for a new code.", enrolment_guesses: "Too many wrong codes. Try again in ten minutes.",
  enrol_offline: "The first time needs a network. Go nearer to the router.", enrol_failed: "That did not work. Try again.",
  recovered: "Found {n} unsent entries; they are on their way.",
  starting: "Opening…", starting_offline: "The list has to be loaded: a network is needed.", retry: "Try again",
  broken: "This browser keeps no data (a private window?). Open it in a normal one.",
  setup_title: "How many in a tube?", setup_how: "Once for the round; More can change it.", people_a_tube: "{n} a tube", single: "One a tube",
  start: "Start",
  recorded: "{name} {door}", recorded_exempt: "{name} {door}: exempt on the list, recorded", recorded_at_home: "{name} {door}: was to be visited, recorded",
  tube_open: "New tube {code}: scan people", tube_in_hand: "This tube is in hand", tube_closed: "{code} is closed: scan the next",
  tube_full: "{code} is full", tube_full_closed: "{name}: number {held}, tube closed", tube_closed_with: "Tube closed with {held}",
  tube_put_back: "Empty tube put back", tube_first: "Scan a tube first, then people", tube_code_malformed: "Not a tube's code: {code}",
  tube_other_household: "{name} is of another household; this tube is one household's", person_in_tube: "{name} is in this tube",
  person_already_here: "{name} {door} is in tube {tube} of this phone", person_already_recorded: "{name} {door} was recorded at table {table}",
  person_unknown: "Not on this site's list: another estate?", person_recalled: "{name} {door} is a re-test: one person a tube",
  close_short: "Only {held} of {size} in this tube. Why close it?", undone: "Taken back: {name}", voided: "Voided: {name}",
  moved: "{name} moved to {code}", nothing_to_undo: "Nothing to undo", round_closed: "The round is over: nothing more is recorded",
  storage_full: "The phone is full: NOT recorded. Export or make room first", answer_first: "Answer the question on the screen first",
  scan_unknown: "Unknown code. Find the person by name, door or phone", scan_enrolment: "That enrols a phone; this one is enrolled",
  code_garbled: "Code not whole. Wipe it, turn it, or find by name or door", code_elsewhere: "Not a code of this city. Find by name or door",
  code_forged: "The code is forged. Find by name or door, and tell the desk", code_expired: "The code has run out. Reload it, or find by name or door",
  family_who: "A family of {count}: who is here?", card_is: "ID card: {name} {door}. The same person?", card_several: "{count} people are called {name}: choose",
  card_find: "Card read: find the person by name or door", card_new: "Not on the list: add the door", move_scan_tube: "Scan the tube to move to",
  anyway: "Record anyway", move_here: "Move to this tube", no: "Do not record", yes: "Yes", cancel: "Cancel", close: "Close", back: "Back",
  reason_queue: "Queue ended", reason_break: "Break", reason_leak: "Tube damaged", reason_other: "Other",
  search_how: "Name, initials, door, phone tail", search_none: "Nobody found.", search_start: "E.g. 王 501, wxy, 3-2-501, 0003", add_new: "Add this person",
  here_already: "recorded on this phone", at_table: "recorded at table {n}",
  unknown_title: "Add somebody", name: "Name", door: "Door or where they live", phone: "Telephone", number: "Number of the document", record: "Record",
  baby: "Baby without ID", passport: "Passport", kind_plain: "Resident", said_needs: "Name and door are needed", unnamed: "unnamed",
  entry_title: "This entry", entry_move: "Move to another tube", entry_move_how: "Scan that tube, or type its code", tube_code: "Tube code", move: "Move",
  entry_void: "Void it: why?", void_twice: "Scanned twice", void_wrong: "Wrong person", void_spoilt: "Swab dropped", void_left: "Left without a swab",
  taken_at: "Recorded {at}", state_unsent: "unsent", state_accepted: "received", state_flagged: "received, twice", state_held: "received, desk looks at it", state_void: "void",
  tubes_title: "Tubes of this phone", tubes_none: "No tube yet.", tube_short: "short", tube_is_open: "open",
  more_title: "More", language: "中文", dark: "Night mode", sound: "Sound", size_change: "People a tube", tubes_list: "Tubes recorded",
  paper: "Type in from paper", export: "Export unsent (sealed file)", import: "Pass on another phone's file", hand_back: "Hand back: wipe this phone",
  hand_back_sure: "It cannot be undone. Sure?", hand_back_unsent: "{n} are unsent. Send or export them first.", send_now: "Send now",
  exported: "Exported {n}. Bring the file to the desk or to any phone that is online.", export_none: "Nothing is unsent.", import_ok: "Passed on {n}.",
  import_wrong: "Not an exported file.", import_failed: "Not sent. Try again with a network.", install: "To install: browser menu → Add to home screen",
  clock_wrong: "This phone's clock is {n} minutes off: set it to automatic", storage_almost: "The phone is almost full: make room", storage_unsafe: "Add to the home screen, so that the browser keeps the data",
  doubtful: "{n} looked at by the desk", stuck: "{n} cannot be read by the server: export them", twice: "Already open in another window. Use that one, or close it.", switch_first: "Something is unsent: change tables when all is sent",
  revoked_title: "This phone was revoked", revoked_how: "The list is gone. What is unsent is still here: send or export it.",
  expired_title: "This phone's time is over", expired_how: "To go on, ask the desk for a code. What is unsent is still here.",
  closed_title: "The round is over", closed_how: "Nothing more is recorded. What is unsent is still here.", all_sent: "All sent: the phone can go back.",
  camera_off: "No camera. Allow it, or use a scanner or the list.", torch: "Torch", camera_how: "Point at a barcode or QR",
  paper_title: "Type in from paper", paper_how: "Tube, Enter; then a line a person: door or name, Enter. A full tube closes itself.", paper_person: "Door, name or phone tail",
  paper_pick: "↑↓ to choose, Enter to record",
  walk: "Doors", undo_short: "Undo", doors_left: "Doors left", doors_again: "Knock again", next_door: "Next door", walk_how: "Touch a name to say what you found",
  walk_go: "Knock at doors", walk_leave: "Back to the table", walk_choose: "Other buildings", from_top: "From the top floor down", walk_close_first: "Close the tube in hand first",
  walk_parts: "Which buildings or stairs?", walk_parts_how: "The list comes to this phone; then no network is needed for a day.", walk_take: "Take the list and start",
  walk_offline: "Taking the list needs a network. Go nearer to the router.", walk_none: "Nobody is left to find here.", walk_done: "Everybody on this list has been looked for",
  walk_too_large: "Too many people at once: take fewer buildings or stairs.", doors_elsewhere: "Not this phone's doors. Ask the desk for a code.",
  walk_not_listed: "Not on this door list", people_left: "{n} to find", door_done: "done", nobody_opened: "Nobody opened this door", ring: "Ring",
  is_missing: "to find", is_not_found: "Nobody opened", is_came: "Says they came", is_refused: "Refused", is_home_visit: "Swab at home", is_moved: "Moved away",
  is_away: "Away", is_exempt: "Exempt", is_gone: "Not looked for now", found_not_found: "{name} {door}: nobody opened", found_came: "{name} {door}: says they came, desk looks",
  found_refused: "{name} {door}: refused", found_home_visit: "{name} {door}: to be swabbed at home", found_moved: "{name} {door}: moved away",
  found_away: "{name} {door}: away", found_exempt: "{name} {door}: exempt", found_nobody: "{door}: nobody opened", nobody_left: "{door}: nobody left to find",
  word_undone: "Taken back: {name} {door}", found_swabbed: "Swabbed, tube closed", found_swabbed_short: "swabbed", at_some_table: "Was recorded at a table: no need to come again",
  other_word: "Somebody else says otherwise: what is received last counts", swab_here: "Swab now", swab_how: "Swab, then scan the tube: one tube a person", swab_who: "Touch a name first, then scan the tube",
  away_until: "Back when?", away_day: "A day", away_record: "Keep this day", away_unknown: "Not known", tomorrow: "Tomorrow", three_days: "In three days", a_week: "In a week",
  two_weeks: "In two weeks", until: "until {day}", exempt_why: "Exempt why?", note: "Note (may stay empty)",
  carried: "Carrying {n} files of other phones; sent when there is a network", import_kept: "Kept {n} (sealed); sent when there is a network.",
  family_title: "Who is here?", family_record: "Record {n}", not_listed: "not on the list",
};

export function t(word: Word, data: Record<string, string | number> = {}): string {
  const text = (settings.language === "en" ? en : zh)[word];
  return text.replace(/\{(\w+)\}/g, (_, field: string) => String(data[field] ?? "")).trim();
}

/** A sentence of the engine, by its code. */
export function sentence(code: string, data: Record<string, string | number> = {}): string {
  return code in zh ? t(code as Word, data) : code;
}
