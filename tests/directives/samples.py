"""Documents for tests, written for this project. Offices, schools and people are invented."""

# ruff: noqa: E501 — a paragraph of a document is one line

LETTER = """UBND TỈNH NGỌC SƠN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO                        Độc lập - Tự do - Hạnh phúc

Số: 215/SGDĐT-GDPT                        Ngọc Sơn, ngày 02 tháng 11 năm 2026

V/v chuẩn bị sơ kết học kỳ I năm học 2026-2027

Kính gửi: Các trường mầm non, tiểu học, trung học cơ sở, trung học phổ thông.

Thực hiện Kế hoạch số 118/KH-UBND ngày 12/8/2026 của UBND tỉnh về nhiệm vụ năm học, Sở Giáo dục và Đào tạo đề nghị các nhà trường thực hiện các nội dung sau:

1. Rà soát cơ sở vật chất, thiết bị dạy học; báo cáo kết quả trước ngày 15/12/2026.

2. Các trường THCS tổ chức khảo sát chất lượng lớp 9, hoàn thành chậm nhất ngày 20/12/2026.

3. Giao trường TH Suối Mây, MN Hoa Ban chuẩn bị chuyên đề cấp cụm trong tháng 12/2026. Phấn đấu 98% học sinh tham gia.

4. Trường THCS Duyên Hải báo cáo kinh nghiệm dạy học hai buổi.

5. Các trường tiểu học triển khai dạy học buổi hai; hoàn thành việc xếp lớp trước ngày 01/12/2026, báo cáo chậm nhất ngày 31/12/2026.

Sở Giáo dục và Đào tạo yêu cầu các nhà trường nghiêm túc thực hiện./.

Nơi nhận:
- Như trên;
- UBND tỉnh (b/c);
- Lưu: VT, GDPT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Hoàng Văn Thái
"""

NOTICE_BODY = """Ngày 05/11/2026, Sở Giáo dục và Đào tạo tổ chức hội nghị giao ban tháng 11. Sau khi nghe báo cáo và ý kiến thảo luận, Giám đốc Sở kết luận như sau:
I. ĐÁNH GIÁ KẾT QUẢ THÁNG 10
Các trường đã duy trì nền nếp dạy học; tỷ lệ chuyên cần đạt 97,8%.
II. NHIỆM VỤ TRỌNG TÂM THÁNG 11
1. Các trường tiểu học hoàn thành bồi dưỡng giáo viên trước ngày 25/11/2026.
2. Trường MN Hoa Ban báo cáo kết quả nuôi dưỡng trẻ trước ngày 20/11/2026.
3. Các nhà trường tổ chức tuần lễ đọc sách."""
