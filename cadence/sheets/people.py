"""Names of people and of ethnic groups: texts in, whether they are such names out. Told by surnames, so never for certain."""

from __future__ import annotations

import re
from collections.abc import Collection

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦"
    "季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃"
    "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来"
)
DOUBLE = "欧阳|上官|司马|诸葛|司徒|夏侯|皇甫|东方|慕容|令狐|宇文|长孙|尉迟|公孙|轩辕|端木|南宫|独孤"
NAME = rf"(?:(?:{DOUBLE})[一-鿿]{{1,2}}|[{SURNAMES}][一-鿿]{{1,2}}|[{SURNAMES}] [一-鿿]|[一-鿿]{{2,6}}·[一-鿿·]{{2,9}})"
ORGAN = re.compile(r"[处科室局办部委组队院厅站所会员长村镇乡县市区省校班厂司党团工]$")
WHOLE = re.compile(NAME)
PARTED = re.compile(r"[、,，;；/\s]+")
LABEL = (
    r"(?:主持|主讲|记录|参加|参会|参与|出席|列席|缺席|请假|填[表报]|制表|经办|联系|审核|审批|批准|负责|责任|汇报|发言|"
    r"授课|讲课|组织|召集|统计|上报|报送|登记|监督)(?:人员?|者|同志)|"
    r"主持|主讲|记录|填表|制表|经办|审核|审批|书记|委员|组长|主任|领导|签[字名]|姓名|评委|专家|党员"
)
LABELLED = re.compile(rf"((?:{LABEL})(?:[(（][^()（）]{{0,8}}[)）])?\s?[:：]\s?)({NAME}(?:[、,，;； ]{{1,2}}{NAME})*)(?![一-鿿])")
SIGNED = re.compile(rf"((?:{LABEL})\s*[:：]?\s*){NAME}(?![一-鿿])")
NATIONS = re.compile(
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|"
    "傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|"
    "阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)


def is_name(text: str) -> bool:
    """Whether a text as a whole can be the name of a person: a surname and one or two signs more, and not of an organ."""
    text = text.strip()
    return bool(WHOLE.fullmatch(text)) and not ORGAN.search(text) and text not in known_words()


def known_words() -> frozenset[str]:
    """Words of headers, which begin like names at times (“任务”, “方式”)."""
    from cadence.sheets.headers import words

    return words()


def list_of_names(text: str) -> bool:
    """Whether a text is nothing but names."""
    parts = [part for part in PARTED.split(text.strip()) if part]
    return bool(parts) and all(map(is_name, parts))


def labelled_names(text: str, mark: str) -> str:
    """A text with the names behind a label (“主持人：张三、李四”) replaced."""

    def blotted(found: re.Match[str]) -> str:
        names = [name for name in PARTED.split(found[2]) if name]
        return found[1] + "、".join(mark if is_name(name) else name for name in names)

    return LABELLED.sub(blotted, text) if "：" in text or ":" in text else text


def unsigned(text: str, mark: str) -> str:
    """A text of signatures (“审核张三”, “张三”) without the names."""
    if is_name(text) or list_of_names(text):
        return mark
    return SIGNED.sub(rf"\1{mark}", text)


def is_nation(texts: Collection[str]) -> bool:
    """Whether nearly all of these texts are names of ethnic groups: with “族”, or bare ones with the most frequent among them."""
    full = sum(text.strip().endswith("族") and bool(NATIONS.fullmatch(text.strip()[:-1])) for text in texts)
    bare = sum(bool(NATIONS.fullmatch(text.strip())) for text in texts)
    return full + bare >= 0.9 * len(texts) and (full > 0 or any(text.strip() == "汉" for text in texts))
