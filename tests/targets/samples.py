"""A plan that sets targets, written for this project. Office and people are invented."""

PLAN = """UBND TỈNH NGỌC SƠN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO                        Độc lập - Tự do - Hạnh phúc

Số: 812/KH-SGDĐT                        Ngọc Sơn, ngày 18 tháng 8 năm 2026

KẾ HOẠCH
Thực hiện nhiệm vụ năm học 2026-2027

I. CHỈ TIÊU
1. Giáo dục Mầm non: huy động trẻ nhà trẻ ra lớp đạt từ 22,6% trở lên; trẻ mẫu giáo đạt từ 98,1% trở lên.
2. Giáo dục Tiểu học: 100% học sinh hoàn thành chương trình tiểu học.
3. Xây dựng trường chuẩn quốc gia: phấn đấu có 09 trường đạt chuẩn quốc gia.
4. Mỗi đơn vị đăng ký 02 sáng kiến.
II. NHIỆM VỤ
1. Các trường xây dựng kế hoạch năm học, báo cáo Sở trước ngày 15/9/2026.

Nơi nhận:
- Các trường;
- Lưu: VT, GDPT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Hoàng Văn Thái
"""
