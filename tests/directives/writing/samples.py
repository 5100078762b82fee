"""Documents of the fictional province Ngọc Sơn, for the tests of writing."""

from dataclasses import replace
from datetime import date

from directives.writing.body import parse_body
from directives.writing.document import (
    Annex,
    Letterhead,
    OfficialDocument,
    Paragraph,
    Recipient,
    Signature,
    Table,
)

NOTICE_BODY = """
Ngày 04/02/2026, Sở Giáo dục và Đào tạo tổ chức Hội nghị giao ban công tác tháng 01 và triển khai \
nhiệm vụ tháng 02 năm 2026. Đồng chí Hà Thị Minh Nguyệt, Giám đốc Sở, chủ trì Hội nghị. Dự Hội nghị \
có lãnh đạo Sở, trưởng các phòng chuyên môn, hiệu trưởng các trường trung học phổ thông và cán bộ \
phụ trách giáo dục của các xã, phường. Có mặt: 41/43 đồng chí; vắng mặt: 02 (có lý do).

Sau khi nghe báo cáo và các ý kiến thảo luận, Giám đốc Sở kết luận như sau:

I. Đánh giá kết quả công tác tháng 01 năm 2026

1. Kết quả đạt được

- Toàn tỉnh duy trì 12 trường, 214 lớp với 6.482 học sinh; tỷ lệ chuyên cần bình quân đạt 97,8%, \
tăng 0,6 điểm phần trăm so với tháng 12 năm 2025.
- Các trường hoàn thành kiểm tra cuối học kỳ I đúng kế hoạch, không có sai sót trong khâu ra đề và \
coi kiểm tra.

2. Hạn chế

Còn 02 trường gửi báo cáo tháng chậm; tỷ lệ chuyên cần của học sinh bán trú tại xã Nà Lâm giảm sau \
kỳ nghỉ.

II. Nhiệm vụ trọng tâm tháng 02 năm 2026

1. Các trường phổ thông vận động học sinh trở lại lớp sau Tết Nguyên đán; báo cáo số học sinh bỏ \
học, nguyên nhân và biện pháp trước ngày 28/02/2026.

2. Phòng Giáo dục phổ thông chủ trì:

a) Hướng dẫn ôn thi học sinh giỏi cấp tỉnh lớp 9;

b) Kiểm tra nền nếp dạy học tại các trường:

+ Trường THCS Nà Lâm;
+ Trường TH&THCS Bản Sen.

Yêu cầu các đơn vị nghiêm túc triển khai thực hiện
"""

NOTICE = OfficialDocument(
    letterhead=Letterhead("UBND tỉnh Ngọc Sơn", "Sở Giáo dục và Đào tạo"),
    kind="THÔNG BÁO",
    subject="Kết luận của Giám đốc Sở Giáo dục và Đào tạo tại Hội nghị giao ban tháng 01 năm 2026",
    number="7",
    symbol="TB-SGDĐT",
    place="Ngọc Sơn",
    issued_on=date(2026, 2, 5),
    addressees=(),
    bases=(),
    body=parse_body(NOTICE_BODY),
    signature=Signature(("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "Lương Văn Khải"),
    recipients=(
        Recipient("UBND tỉnh", "để b/c"),
        Recipient("Giám đốc, các Phó Giám đốc Sở"),
        Recipient("UBND các xã, phường"),
        Recipient("Các phòng thuộc Sở; các đơn vị trực thuộc Sở", "để thực hiện"),
    ),
    archive="Lưu: VT, GDPT",
)

LETTER = replace(
    NOTICE,
    kind="",
    subject="báo cáo số liệu học sinh bỏ học sau Tết Nguyên đán năm 2026",
    number="112",
    symbol="SGDĐT-GDPT",
    issued_on=date(2026, 3, 12),
    addressees=(
        "Ủy ban nhân dân các xã, phường",
        "Các trường trung học phổ thông",
        "Trung tâm GDNN-GDTX tỉnh",
    ),
    body=parse_body(
        """
Thực hiện Thông báo số 07/TB-SGDĐT ngày 05/02/2026 của Sở Giáo dục và Đào tạo về kết luận Hội nghị \
giao ban, Sở Giáo dục và Đào tạo đề nghị các đơn vị thực hiện một số nội dung sau:

1. Rà soát, thống kê học sinh bỏ học, học sinh có nguy cơ bỏ học theo từng lớp; nêu rõ nguyên nhân \
và biện pháp vận động.

2. Gửi báo cáo trên hệ thống báo cáo tháng trước ngày 25/3/2026.

Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị liên hệ Phòng Giáo dục phổ thông để được \
hướng dẫn.

Đề nghị các đơn vị quan tâm thực hiện.
"""
    ),
    signature=Signature((), "GIÁM ĐỐC", "Hà Thị Minh Nguyệt"),
    recipients=(Recipient("Ban Giám đốc Sở", "để b/c"),),
)

COMMUNE_NOTICE = replace(
    NOTICE,
    letterhead=Letterhead("UBND xã Nà Lâm", "Phòng Văn hóa - Xã hội"),
    symbol="TB-PVHXH",
    place="Nà Lâm",
    urgency="HỎA TỐC",
    number=None,
    issued_on=None,
    year=2026,
    draft=True,
)

LONG_SCHOOL_NAME = "Trường Phổ thông Dân tộc Bán trú Tiểu học và Trung học cơ sở Nà Lâm Thượng"

SCHOOL_LETTER = replace(
    LETTER,
    letterhead=Letterhead("Ủy ban nhân dân xã Nà Lâm Thượng", LONG_SCHOOL_NAME),
    symbol="PTDTBT",
    number="5",
    addressees=("Sở Giáo dục và Đào tạo",),
    urgency="THƯỢNG KHẨN",
    signature=Signature((), "HIỆU TRƯỞNG", "Vàng A Sinh"),
)

SENTENCE = "Các trường rà soát số liệu, báo cáo đúng hạn và chịu trách nhiệm về tính chính xác của số liệu. "


def with_body(text: str) -> OfficialDocument:
    """The notice with a body of one's own."""
    return replace(NOTICE, body=parse_body(text))


def of_length(paragraphs: int, sentences: int, last: str) -> OfficialDocument:
    """The notice with so many even paragraphs and a last one of one's own."""
    body = (*(Paragraph(SENTENCE * sentences) for _ in range(paragraphs)), Paragraph(last))
    return replace(NOTICE, body=body)


DECISION = replace(
    NOTICE,
    letterhead=Letterhead("UBND tỉnh Ngọc Sơn", "Sở Giáo dục và Đào tạo"),
    kind="QUYẾT ĐỊNH",
    symbol="QĐ-SGDĐT",
    subject="Về việc thành lập Đoàn kiểm tra công tác tuyển sinh",
    bases=(
        "Căn cứ Quyết định số 15/2025/QĐ-UBND ngày 20 tháng 8 năm 2025 của Ủy ban nhân dân tỉnh Ngọc Sơn",
        "Theo đề nghị của Chánh Thanh tra Sở",
    ),
    body=parse_body(
        """
Điều 1. Thành lập Đoàn kiểm tra công tác tuyển sinh năm học 2026 - 2027 gồm 05 thành viên.

Điều 2. Đoàn kiểm tra có nhiệm vụ:

1. Kiểm tra hồ sơ tuyển sinh của các trường.

2. Báo cáo Giám đốc Sở kết quả kiểm tra.

Điều 3. Chánh Văn phòng Sở, Chánh Thanh tra Sở và các cá nhân có tên tại Điều 1 chịu trách nhiệm thi \
hành Quyết định này.
"""
    ),
)
LONG_NOTICE = with_body((NOTICE_BODY.strip() + ".\n\n") * 2 + NOTICE_BODY)

SCHOOLS = Table(
    ("Trường", "Số lớp", "Số học sinh", "Ghi chú"),
    tuple((f"Trường Tiểu học số {n}", str(n), str(30 * n), "Đã báo cáo đủ số liệu") for n in range(1, 46)),
    title="Biểu 1",
    texts=(3,),
)
WIDE = Table(
    ("Đơn vị", *(f"Tháng {month:02}/2026" for month in range(1, 13))),
    tuple((f"Xã số {n}", *("98,5" for _ in range(12))) for n in range(1, 41)),
)
ANNEXED = replace(
    NOTICE,
    annexes=(
        Annex("I", "Danh sách trường", (Paragraph("Các trường đã báo cáo."), SCHOOLS)),
        Annex("II", "Số liệu theo tháng", (WIDE,)),
        Annex(
            "III",
            "Phân công",
            parse_body("1. Chủ trì:\na) Phòng Giáo dục phổ thông;\nb) Văn phòng."),
            wide=True,
        ),
    ),
)
