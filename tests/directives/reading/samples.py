"""Documents of the project's own writing; people, places and numbers are invented."""

# A letter as it is pasted from a word processor: the letterhead in columns.
LETTER = """UBND TỈNH NGỌC SƠN                      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO                      Độc lập - Tự do - Hạnh phúc

Số: 1520/SGDĐT-GDPT                    Ngọc Sơn, ngày 03 tháng 12 năm 2026
V/v tăng cường quản lý dạy học và báo cáo số liệu
cuối học kỳ I, năm học 2026-2027

Kính gửi:
- Ủy ban nhân dân các xã, phường;
- Các trường trung học phổ thông;
- Trung tâm GDNN-GDTX tỉnh.

Thực hiện Thông tư số 22/2021/TT-BGDĐT ngày 20/7/2021 của Bộ Giáo dục và Đào tạo và \
Kế hoạch số 88/KH-UBND ngày 15 tháng 9 năm 2026 của UBND tỉnh, Sở Giáo dục và Đào tạo \
yêu cầu các đơn vị thực hiện các nội dung sau:

1. Các trường tiểu học, THCS rà soát số liệu học sinh, \
cập nhật trên cơ sở dữ liệu ngành trước ngày 15/12/2026.

2. Đối với các trường mầm non: duy trì tỷ lệ chuyên cần đạt từ 95% trở lên; giảm tỷ lệ trẻ suy dinh dưỡng \
so với đầu năm học từ 0,5-1%; không quá 25 trẻ/lớp.

3. Hiệu trưởng các trường:
a) Tổ chức kiểm tra cuối học kỳ I từ ngày 21/12/2026 đến ngày 31/12/2026;
b) Báo cáo kết quả về Sở chậm nhất là ngày 10/01/2027 (qua Phòng GDPT);
c) Mỗi tổ chuyên môn xây dựng 02 chuyên đề, tổ chức sinh hoạt chuyên môn ít nhất 02 lần/tháng.

4. Trường THPT Chuyên Ngọc Sơn phối hợp với Trung tâm Y tế khu vực tổ chức ngày hội sức khỏe \
học đường trong tháng 01.

Nhận được công văn này, Sở Giáo dục và Đào tạo đề nghị các đơn vị nghiêm túc triển khai thực hiện./.

Nơi nhận:                                    KT. GIÁM ĐỐC
- Như trên;                                  PHÓ GIÁM ĐỐC
- UBND tỉnh (để b/c);
- Giám đốc Sở (b/c);
- Lưu: VT, GDPT.

                                             Lê Thị Mai Anh
"""

# A conclusion notice: last month's results are no tasks, next month's directions are.
NOTICE = """UBND XÃ TÂN HÒA
PHÒNG VĂN HÓA - XÃ HỘI

Số: 07/TB-VHXH

Tân Hòa, ngày 05 tháng 11 năm 2026

THÔNG BÁO
Kết luận của Trưởng phòng tại Hội nghị giao ban công tác giáo dục tháng 11/2026

Ngày 04/11/2026, Phòng Văn hóa - Xã hội tổ chức Hội nghị giao ban với hiệu trưởng các trường trực thuộc.

Thành phần dự họp:
- Lãnh đạo phòng: 02 đồng chí;
- Hiệu trưởng: có mặt 11/12 đồng chí.

I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN NHIỆM VỤ THÁNG 10 NĂM 2026

1. Giáo dục mầm non
- Toàn xã có 45 lớp, 1.250 trẻ; tỷ lệ chuyên cần đạt 94,5%.
- Các trường đã hoàn thành khám sức khỏe trước ngày 15/10/2026.

2. Giáo dục tiểu học
- Tổng số học sinh: 3.480 em (giảm 02 em so với tháng 9/2026).

II. PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 11 NĂM 2026

1. Các trường tổ chức tốt các hoạt động kỷ niệm ngày Nhà giáo Việt Nam (20/11); hoàn thành \
trước ngày 18/11/2026.

2. Giáo dục mầm non:
- Các trường mầm non tổ chức Hội thi giáo viên dạy giỏi cấp trường, xong trong tháng 11.
- Phấn đấu 100% trẻ được cân đo, theo dõi biểu đồ tăng trưởng.

3. Giao bộ phận chuyên môn chủ trì, phối hợp với Trạm Y tế xã kiểm tra bếp ăn bán trú tại 03 trường.

Trên đây là kết luận của Trưởng phòng, yêu cầu các trường nghiêm túc thực hiện./.

Nơi nhận:
- UBND xã (b/c);
- Các trường trực thuộc (t/h);
- Lưu: VT.

TRƯỞNG PHÒNG

Hoàng Văn Bình
"""

# Typed by hand: numbers, a day, nothing else.
SHORT = """UBND TỈNH NGỌC SƠN
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 15/SGDĐT-GDPT
Kính gửi: Các trường tiểu học, trường THCS trên địa bàn tỉnh
1. Các trường nộp báo cáo thống kê trước ngày 15/12/2026.
2. Hiệu trưởng trường THCS Hoa Lư rà soát cơ sở vật chất, hoàn thành trong quý I năm 2027.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Phạm Quốc Khánh
"""

# A plan with decimals, a page break inside a sentence, and a number that the break put at a line's start.
PLAN = """ỦY BAN NHÂN DÂN
XÃ TÂN HÒA
Số: 12/KH-UBND
Tân Hòa, ngày 20 tháng 8 năm 2026
KẾ HOẠCH
Phổ cập giáo dục, xóa mù chữ năm 2026

Căn cứ Nghị định số 20/2014/NĐ-CP ngày 24/3/2014 của Chính phủ;

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao chất lượng phổ cập trong năm 2026.
2. Yêu cầu
Các trường nghiêm túc thực hiện.
II. CHỈ TIÊU
1. Phổ cập mầm non: trên 99% trẻ 5 tuổi ra lớp; có 05 trường đạt chuẩn quốc gia.
III. NHIỆM VỤ
1. Điều tra
1.1. Các trường điều tra số liệu trẻ từ 0 đến 60 tuổi trên địa bàn, chia theo lớp

9. Kết quả nhập vào hệ thống chậm nhất ngày 30/9/2026.
1.2. Kiểm tra chéo giữa các trường vào ngày 05/10/2026.
2. Công nhận
Hoàn thành hồ sơ đề nghị công nhận trước 17h00 ngày 15/11/2026.
IV. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội
Tham mưu, tổng hợp báo cáo định kỳ hằng quý.
2. Các trường mầm non, tiểu học
Thực hiện điều tra theo phân công./.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Minh Đức
PHỤ LỤC I
Biểu tổng hợp
"""
