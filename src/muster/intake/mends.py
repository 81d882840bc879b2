"""Every flag, problem and notice in words: what it means and what to do, in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mend:
    zh: str
    en: str
    mend_zh: str
    mend_en: str


MENDS: dict[str, Mend] = {
    # chains
    "placeholder": Mend(
        "占位，没有内容", "A placeholder without content", "无需处理", "Nothing to do"
    ),
    "duplicate_name": Mend(
        "同一个名字接了不止一次",
        "The same name stands in more than one entry",
        "确认是同一个人改了报名，还是两个人同名",
        "Say whether one person changed the entry or two people share the name",
    ),
    "duplicate_number": Mend(
        "序号重复，两个人同时接龙",
        "Two entries have the same number; two people signed up at once",
        "两条都保留，不用改序号",
        "Keep both; the number need not be changed",
    ),
    "ambiguous": Mend(
        "有两种读法，没有替你猜",
        "It can be read two ways and was not guessed",
        "看原文，选一种读法",
        "Look at the raw text and choose",
    ),
    "unparsed": Mend(
        "没有读出任何一项",
        "Nothing could be read",
        "看原文，手工填写或标为留言",
        "Look at the raw text; fill it in by hand or mark it as a remark",
    ),
    # rows
    "birth_mismatch": Mend(
        "出生日期与身份证号不一致",
        "The birth date differs from the one in the ID number",
        "核对证件，改正其中一项",
        "Check the document and correct one of them",
    ),
    "cell_error": Mend(
        "单元格是公式错误（如 #N/A）",
        "The cell holds a formula's error (#N/A)",
        "在原表中修好公式，或粘贴为数值后重发",
        "Mend the formula, or paste values, and send it again",
    ),
    "cell_too_long": Mend(
        "单元格太长，不像一项内容",
        "The cell is too long to be an answer",
        "看原表这一格，只留应填的内容",
        "Look at this cell and leave only what belongs there",
    ),
    "date_unreadable": Mend(
        "日期读不出来", "The date cannot be read", "改写成 1990-03-07", "Write it as 1990-03-07"
    ),
    "duplicate_id": Mend(
        "同一证件号出现在多行",
        "The same ID number stands in more than one row",
        "确认是否同一个人，只保留一行",
        "If it is one person, keep one row",
    ),
    "hidden_row": Mend(
        "这一行在表里是隐藏的",
        "The row is hidden in the sheet",
        "确认是否还住在这里",
        "Ask whether the person still lives there",
    ),
    "hidden_sheet": Mend(
        "这张表是隐藏的，可能是旧表",
        "The sheet is hidden and may be an old one",
        "确认是否要用这张表",
        "Ask whether this sheet is to be used",
    ),
    "house_is_date": Mend(
        "楼号单元被 Excel 变成了日期（3-2 变成 3月2日）",
        "Excel has turned the house number into a date (3-2 became 2 March)",
        "把这一列设为文本，重新填写楼号和单元",
        "Format the column as text and write building and unit again",
    ),
    "house_missing": Mend(
        "没有住址", "There is no address", "补上楼栋、单元、房号", "Add building, unit and room"
    ),
    "id_bad_date": Mend(
        "身份证号里的生日不存在",
        "The birth date inside the ID number does not exist",
        "核对证件，重新填写",
        "Check the document and write it again",
    ),
    "id_bad_length": Mend(
        "证件号位数不对",
        "The ID number has the wrong length",
        "核对证件，补全 18 位",
        "Check the document; a resident ID has 18 characters",
    ),
    "id_check_failed": Mend(
        "身份证号校验位不对，可能抄错一位",
        "The check digit is wrong; one digit may be miswritten",
        "核对证件，重新填写",
        "Check the document and write it again",
    ),
    "id_missing": Mend(
        "没有证件号",
        "There is no ID number",
        "补填；没有证件请写“无”",
        "Add it; write 无 if there is none",
    ),
    "id_precision_lost": Mend(
        "Excel 把身份证号当成数字，后几位已经丢失",
        "Excel took the ID number for a number and its last digits are lost",
        "把这一列设为文本，向本人重新核对号码",
        "Format the column as text and ask for the number again",
    ),
    "id_unrecognised": Mend(
        "不认识这种证件号",
        "This is no known kind of ID number",
        "填写证件类型，或核对号码",
        "Say which document it is, or check the number",
    ),
    "name_conflict": Mend(
        "同一证件号下名字不同",
        "Rows with the same ID number have different names",
        "核对证件上的名字",
        "Check the name on the document",
    ),
    "name_missing": Mend("没有姓名", "There is no name", "补上姓名", "Add the name"),
    "phone_invalid": Mend(
        "电话号码位数不对",
        "A telephone number has the wrong length",
        "核对号码，手机为 11 位",
        "Check it; a mobile number has 11 digits",
    ),
    "possible_duplicate": Mend(
        "同一户、同一电话、名字几乎一样，可能是同一个人",
        "Same door and telephone and nearly the same name: perhaps one person",
        "确认是不是同一个人",
        "Say whether it is one person",
    ),
    "number_unreadable": Mend(
        "人数读不出来", "The number cannot be read", "写成数字", "Write it in digits"
    ),
    "uscc_invalid": Mend(
        "统一社会信用代码不对",
        "The unified social credit code is not valid",
        "核对 18 位代码",
        "Check its 18 characters",
    ),
    "result_unknown": Mend(
        "不认识这个检测结果",
        "This is no known test result",
        "写阴性、阳性、可疑或无效",
        "Write 阴性, 阳性, 可疑 or 无效",
    ),
    "amount_unclear": Mend(
        "数量说不清，或有没带数量的东西",
        "An amount is unclear or missing",
        "看原文，补上数量和单位",
        "Look at the text and add amount and unit",
    ),
    # files
    "broken_characters": Mend(
        "文件里有个别乱码字",
        "A few characters of the file are broken",
        "另存为 UTF-8 后重发，或核对带 � 的格子",
        "Save it as UTF-8 and send it again, or check the cells with �",
    ),
    "cut_short": Mend(
        "文件从这一行起读不下去",
        "The file cannot be read from this row on",
        "前面的行已收下；请重新导出后面的行",
        "The rows before are taken; export the rest again",
    ),
    "cut_at_65536": Mend(
        "旧 .xls 最多 65,536 行，后面的已经丢失",
        "An old .xls holds 65,536 rows; what came after is lost",
        "从原系统导出为 .xlsx 重发",
        "Export it again as .xlsx",
    ),
    "no_headings": Mend(
        "这张表没有找到表头，没有读",
        "No headings were found in this sheet; it was not read",
        "如果是名单，请加上姓名、电话、房号等表头",
        "If it is a list, add headings such as 姓名, 电话, 房号",
    ),
}
