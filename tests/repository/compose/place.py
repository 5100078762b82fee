"""A department, a commune and three schools with their people: enough for a document to go all the way round.

`settle` runs inside the portal of the stack.
"""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction

PASSWORD = "mat-khau-thu-nghiem-2026"
DOCUMENT = """UBND TỈNH NGỌC SƠN
SỞ GIÁO DỤC VÀ ĐÀO TẠO

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 52/SGDĐT-GDPT
V/v rà soát cơ sở vật chất của các trường

Ngọc Sơn, ngày {today:%d} tháng {today:%m} năm {today:%Y}

Kính gửi: Các cơ sở giáo dục trên địa bàn tỉnh.

Sở Giáo dục và Đào tạo yêu cầu các đơn vị thực hiện các nội dung sau:

1. Các trường rà soát cơ sở vật chất, hoàn thành chậm nhất ngày {deadline:%d/%m/%Y}.

2. Các trường gửi danh sách thiết bị cần bổ sung về Sở chậm nhất ngày {deadline:%d/%m/%Y}.

Nhận được Công văn này, Sở Giáo dục và Đào tạo đề nghị các đơn vị nghiêm túc thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT, GDPT.

GIÁM ĐỐC

Đỗ Thị Lan
"""


def document(today: dt.date) -> str:
    return DOCUMENT.format(today=today, deadline=today + dt.timedelta(days=20))


@transaction.atomic
def settle() -> None:
    """Open the offices and schools, and post their people, all with one password."""
    from accounts.models import RoleCode, User
    from schools import actions
    from schools.models import LinkKind, UnitKind
    from tests.conftest import open_office, open_school, posted
    from tests.factories import LETTERHEAD, OPENED

    department = open_office(UnitKind.DEPARTMENT, "NS", "Sở GDĐT tỉnh Ngọc Sơn", "Sở GDĐT")
    commune = open_office(
        UnitKind.COMMUNE,
        "NS-01",
        "UBND xã Suối Mây",
        "Xã Suối Mây",
        parents=[(department, LinkKind.PROFESSIONAL)],
    )
    actions.set_letterhead(
        office=department,
        valid_from=OPENED,
        by=None,
        **LETTERHEAD,
    )
    primary = open_school("NS1", "Trường Tiểu học Suối Mây", "TH Suối Mây", ["primary"], commune, department)
    open_school("NS2", "Trường Mầm non Hoa Ban", "MN Hoa Ban", ["preschool"], commune, department)
    high = open_school(
        "NS3", "Trường THPT Ngọc Sơn", "THPT Ngọc Sơn", ["upper_secondary"], department, department
    )
    for username, full_name, unit, role in [
        ("lan", "Đỗ Thị Lan", department, RoleCode.LEADER),
        ("minh", "Phạm Văn Minh", department, RoleCode.STAFF),
        ("thu", "Lê Thị Thu", department, RoleCode.REGISTRAR),
        ("son", "Giàng A Sơn", commune, RoleCode.STAFF),
        ("hoa", "Trần Thị Hoa", primary, RoleCode.PRINCIPAL),
        ("khanh", "Mai Quốc Khánh", high, RoleCode.PRINCIPAL),
    ]:
        posted(username, full_name, unit, role)
    User.objects.update(password=make_password(PASSWORD))
