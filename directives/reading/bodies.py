"""The words for those who act: schools and their kinds, offices, people; and the verbs of what they do."""

from __future__ import annotations

from .normalise import any_of, phrases_of

# What a school may be; in a name several may follow each other ("PTDTBT TH&THCS").
SHORT_KINDS = """
    mn, mg, th, thcs, thpt, ptcs, th&thcs, th & thcs, th - thcs, th-thcs, thcs&thpt, thcs & thpt, thcs -
    thpt, thcs-thpt, th&thcs&thpt, ptdtbt, ptdtnt, pt dtbt, pt dtnt, ptdt bt, ptdt nt, dtbt, dtnt, gdtx,
    gdnn-gdtx, gdnn - gdtx
"""
LONG_KINDS = """
    mầm non, mẫu giáo, tiểu học, trung học cơ sở, trung học phổ thông, dân tộc nội trú, dân tộc bán trú,
    phổ thông dân tộc nội trú, phổ thông dân tộc bán trú, giáo dục thường xuyên
"""
# Kinds that need "trường" before them: "chuyên" and "quốc tế" alone say much else.
OTHER_KINDS = """
    phổ thông, chuyên, liên cấp, năng khiếu, thực hành, chuyên biệt, song ngữ, quốc tế, tư thục, dân lập
"""
SHORT_KIND, LONG_KIND = any_of(SHORT_KINDS), any_of(LONG_KINDS)
SCHOOL_KIND = any_of(f"{SHORT_KINDS}, {LONG_KINDS}, {OTHER_KINDS}")
SPECIAL_KIND = any_of("""
    ptdtbt, ptdtnt, pt dtbt, pt dtnt, ptdt bt, ptdt nt, dtbt, dtnt, dân tộc nội trú, dân tộc bán trú,
    chuyên, liên cấp, năng khiếu, thực hành, chuyên biệt, song ngữ, quốc tế, tư thục, dân lập
""")
COMMUNE = any_of("xã, phường, thị trấn, đặc khu")

# The words that name those who act, from the head noun on; what may follow is in COMPLEMENT.
SCHOOLS = any_of("""
    trường, nhà trường, trường học, trường phổ thông, trường mầm non, trường tiểu học, trường trung học cơ
    sở, trường trung học phổ thông, đơn vị, đơn vị trường, đơn vị trường học, cơ sở giáo dục, cơ sở gd, cơ
    sở gdmn, csgd, csgdmn, trung tâm gdtx, trung tâm gdnn-gdtx, trung tâm gdnn - gdtx, trung tâm giáo dục
    thường xuyên, trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên
""")
OFFICE_NAMES = """
    ủy ban nhân dân, ubnd, phòng giáo dục và đào tạo, phòng gd&đt, phòng gdđt, pgd&đt, phòng văn hóa -
    xã hội, phòng văn hóa xã hội, phòng văn hóa và xã hội, phòng vh-xh, phòng vh - xh, phòng vhxh, phòng
    nội vụ, phòng y tế, phòng tài chính, phòng tài chính - kế hoạch, phòng kinh tế, phòng tư pháp, phòng
    chuyên môn, phòng tổ chức cán bộ, phòng kế hoạch - tài chính, phòng kế hoạch tài chính, phòng giáo
    dục phổ thông, phòng giáo dục mầm non, phòng giáo dục tiểu học, phòng giáo dục trung học, phòng giáo
    dục thường xuyên, phòng quản lý chất lượng, phòng chính trị tư tưởng, sở giáo dục và đào tạo, sở
    gd&đt, sở gdđt, sở y tế, sở nội vụ, sở tài chính, sở tư pháp, văn phòng, văn phòng sở, thanh tra sở,
    trạm y tế, trung tâm y tế, trung tâm gdtx, trung tâm gdnn-gdtx, trung tâm học tập cộng đồng, trung
    tâm kiểm soát bệnh tật, công an, công đoàn, công đoàn ngành, đoàn thanh niên, hội đồng đội, hội
    khuyến học, cơ quan, ban giám hiệu, bộ phận chuyên môn, toàn ngành, thành ủy, huyện ủy, đảng ủy, sở
    xây dựng, sở công thương, sở ngoại vụ, sở khoa học và công nghệ, sở kh&cn, sở kế hoạch và đầu tư, sở
    kh&đt, sở thông tin và truyền thông, sở tt&tt, sở văn hóa và thể thao, sở văn hóa - thể thao và du
    lịch, sở vh-tt&dl, sở vhttdl, sở giao thông vận tải, sở gtvt, sở tài nguyên và môi trường, sở tn&mt,
    sở nông nghiệp và môi trường, sở nông nghiệp và phát triển nông thôn, sở nn&ptnt, sở lao động -
    thương binh và xã hội, sở lđ-tb&xh, sở lđtb&xh, sở dân tộc và tôn giáo, ban dân tộc, thanh tra tỉnh,
    ủy ban mặt trận tổ quốc, ủy ban mttq, mặt trận tổ quốc, ubmttq, liên đoàn lao động, tỉnh đoàn, thành
    đoàn, huyện đoàn, đoàn xã, hội liên hiệp phụ nữ, hội phụ nữ, hội cựu chiến binh, hội nông dân, hội
    chữ thập đỏ, hội người cao tuổi, các tổ chức chính trị - xã hội, các tổ chức đoàn thể, đài phát
    thanh và truyền hình, đài phát thanh - truyền hình, đài truyền thanh, bảo hiểm xã hội, kho bạc nhà
    nước, đồn biên phòng, bộ chỉ huy bộ đội biên phòng, bộ chỉ huy quân sự, ban chỉ huy quân sự, hội
    đồng nhân dân, hđnd, ban chỉ đạo, ban tổ chức, ban thi đua, ban đại diện cha mẹ học sinh, ban quản
    lý dự án, hội đồng trường, hội đồng thi đua, hội đồng thi đua - khen thưởng, hội đồng sư phạm, tổ
    chuyên môn, tổ văn phòng, tổ công tác, nhóm cốt cán, bộ giáo dục và đào tạo, bộ gd&đt, bộ gdđt,
    phòng lao động - thương binh và xã hội, phòng thanh tra, phòng văn hóa và thông tin, phòng vh&tt,
    phòng quản lý đô thị, phòng kinh tế và hạ tầng, phòng kinh tế hạ tầng, phòng tài nguyên và môi
    trường, phòng nông nghiệp và môi trường, phòng dân tộc, phòng gdmn, phòng gdth, phòng gdtrh, phòng
    gdpt, phòng gdtx, phòng tccb, phòng khtc, phòng kh-tc, phòng qlcl, phòng khảo thí, phòng giáo dục
    trung học - giáo dục thường xuyên, phòng giáo dục mầm non - tiểu học, phòng khảo thí và quản lý chất
    lượng giáo dục, phòng công tác học sinh sinh viên, cục nhà giáo và cán bộ quản lý giáo dục, cục quản
    lý chất lượng, cục công nghệ thông tin, cục cơ sở vật chất, vụ pháp chế, vụ tổ chức cán bộ, vụ giáo
    dục mầm non, vụ giáo dục phổ thông, vụ giáo dục thường xuyên, vụ giáo dục đại học, vụ giáo dục thể
    chất, vụ giáo dục dân tộc, vụ kế hoạch - tài chính, vụ thi đua - khen thưởng, viện khoa học giáo dục
    việt nam, thanh tra bộ, văn phòng bộ, kho bạc, chi cục thuế
"""
OFFICES = any_of(OFFICE_NAMES)
# Parts of an office or a school, which a register of units does not hold.
DEPARTMENTS = any_of("""
    phòng tổ chức cán bộ, phòng kế hoạch - tài chính, phòng kế hoạch tài chính, phòng giáo dục phổ
    thông, phòng giáo dục mầm non, phòng giáo dục tiểu học, phòng giáo dục trung học, phòng giáo dục
    thường xuyên, phòng quản lý chất lượng, phòng chính trị tư tưởng, phòng chuyên môn, phòng thanh tra,
    phòng khảo thí, phòng gdmn, phòng gdth, phòng gdtrh, phòng gdpt, phòng gdtx, phòng tccb, phòng khtc,
    phòng kh-tc, phòng qlcl, văn phòng sở, thanh tra sở, ban giám hiệu, bộ phận chuyên môn, tổ chuyên
    môn, tổ văn phòng, hội đồng trường, hội đồng sư phạm
""")
# "Trưởng phòng Nội vụ": the head of an office whose name begins with "phòng".
HEADS_OF_ROOMS = any_of(
    ",".join(
        f"trưởng {name},phó trưởng {name}" for name in phrases_of(OFFICE_NAMES) if name.startswith("phòng")
    )
)
PEOPLE = any_of("""
    hiệu trưởng, thủ trưởng, người đứng đầu, giám đốc, trưởng phòng, tổ trưởng chuyên môn, giáo viên chủ
    nhiệm, cán bộ quản lý, cbql, cụm trưởng, trưởng cụm, chủ tịch, phó chủ tịch, chánh văn phòng, chánh
    thanh tra, trưởng ban, phó hiệu trưởng, phó trưởng phòng, tổ trưởng, bí thư, nhân viên y tế, nhân
    viên kế toán, kế toán, tổng phụ trách đội, trưởng các phòng, trưởng các ban, trưởng các bộ phận,
    trưởng các cụm, trưởng các cụm chuyên môn, tổ trưởng các tổ, giáo viên bộ môn, giáo viên dạy, giáo
    viên phụ trách, lãnh đạo, lãnh đạo phòng, viên chức phụ trách, chuyên viên phụ trách, cán bộ phụ
    trách, chuyên viên, phó giám đốc
""")
# What an office may be, where a name with a capital follows it: "Phòng Công tác học sinh", "Tổ Mầm non".
OFFICE_HEADS = any_of("""
    phòng, ban, tổ, bộ phận, sở, bộ, cục, chi cục, vụ, viện, hội, hội đồng, đoàn, đội, liên đoàn, trung tâm,
    công ty, tập đoàn, ngân hàng, bệnh viện, trạm, đồn, hạt, quỹ, văn phòng, câu lạc bộ, đài, báo, nhà văn
    hóa, bảo tàng, thư viện, trường đại học, trường cao đẳng, học viện, chi nhánh, bưu điện, ủy ban, khối,
    nhóm, cụm, tiểu ban, ban quản lý, mặt trận, liên hiệp, hiệp hội, tổng cục, kho bạc, chi bộ, đảng bộ
""")
# Of these a part of an office or a school.
ROOMS = any_of("phòng, tổ, bộ phận, văn phòng, nhóm, khối, tiểu ban")
MANY = r"(?:(?:tất cả |100% )?các |toàn thể |những |mọi |mỗi |từng |100% )"
KINDS = any_of(f"""
    {SHORT_KINDS}, {LONG_KINDS}, {OTHER_KINDS}, huyện, thành phố, tỉnh, thị xã, xã, phường, thị trấn, đặc
    khu, gdmn, trực thuộc, liên quan, chuyên môn, công lập, ngoài công lập, giáo dục, trường, các cấp,
    cấp xã, cấp huyện, cấp tỉnh, trên
    địa bàn, trên địa bàn thành phố, trên địa bàn tỉnh, trên địa bàn huyện, trên địa bàn xã, trong ngành,
    trong toàn ngành, trong tỉnh, trong toàn tỉnh, trong huyện, trong thành phố, trong xã, toàn tỉnh, cấp
    tiểu học, cấp thcs, cấp thpt, thuộc sở, thuộc huyện, thuộc phạm vi quản lý, việt nam, hồ chí minh
""")
COMPLEMENT = rf"(?: (?:{KINDS}|trong lộ trình(?: [^\W\d_]+){{0,8}} (?:năm \d{{4}}|quốc gia)))"
JOINT = r"(?:[,;] (?:và )?| và )"
# "Cụm trường số 2", "cụm chuyên môn THCS Suối Mây", "cụm 3".
CLUSTER = (
    r"(?:các )?cụm(?:(?: (?:liên )?trường| (?:sinh hoạt )?chuyên môn| thi đua)+"
    rf"(?: {SCHOOL_KIND})*(?:(?: số)? \d{{1,2}}(?![\w/.,]\d))?| (?:số )?\d{{1,2}}(?![\w/.,]\d))"
    r"(?:(?:, | và )(?:cụm )?(?:số )?\d{1,2}(?![\w/.,]\d)(?! [^\W\d_]+/))*"
)
# "Đơn vị thực hiện:", "đơn vị trực:" say what follows, and mean nobody themselves.
LABEL = r"đơn vị (?!trường)[^\W\d_]+(?: [^\W\d_]+)? ?:"
HEAD = (
    rf"(?:(?!{LABEL}){MANY}?(?:{OFFICES}|{HEADS_OF_ROOMS}|{PEOPLE}(?: {OFFICES})?|{SCHOOLS})"
    rf"|{MANY}(?:xã|phường|phòng|ban|ngành|sở|địa phương|bộ phận|tổ|đoàn thể|khối)(?!\w)|{CLUSTER})"
)
SHORT_HEAD = any_of(f"""
    phường, thị trấn, đặc khu, đơn vị, ban, ngành, đoàn thể, cơ quan, nhà trường, {SHORT_KINDS},
    {LONG_KINDS}
""")
# "và các ông, bà có tên tại Điều 1", "các tổ chức, cá nhân có liên quan": they go on with a list.
PERSONS = (
    r"(?:các )?(?:ông,? \(?bà\)?|tổ chức(?:, cá nhân)?|cá nhân|đơn vị|bộ phận)"
    r"(?: (?:có tên|có liên quan|liên quan|nêu|tại điều \d{1,2}|trên))+"
)
OF_MANY = (
    rf"(?: {MANY}(?:{SCHOOLS}|{COMMUNE}|cơ quan|phòng|ban|sở|ngành|tổ chức|trung tâm|"
    rf"(?:quận|huyện|thị xã|thành phố)(?:, (?:quận|huyện|thị xã|thành phố))*)(?!\w)|"
    rf" \d{{1,2}} {SCHOOLS}(?!\w))?"
)

VERBS = any_of("""
    cần, phải, sẽ, có trách nhiệm, tiếp tục, chủ động, tích cực, tập trung, nghiêm túc, thường xuyên,
    kịp thời, khẩn trương, tăng cường, đẩy mạnh, căn cứ, rà soát, thực hiện, triển khai, tổ chức, hoàn
    thành, xây dựng, báo cáo, gửi, lập, tham mưu, phối hợp, chỉ đạo, khảo sát, hướng dẫn, kiểm tra, theo
    dõi, đôn đốc, chịu trách nhiệm, bố trí, cử, tuyên truyền, quán triệt, phân công, điều chỉnh, cập
    nhật, nộp, đăng ký, tổng hợp, chuẩn bị, bảo đảm, đảm bảo, nâng cao, quản lý, sử dụng, phát động, ban
    hành, duy trì, bám sát, giúp, quan tâm, chủ trì, lựa chọn, tiến hành, nghiên cứu, thành lập, có nhiệm
    vụ, bổ sung, sửa chữa, cân đối, thẩm định, cung cấp, hỗ trợ, vận động, đề xuất, trình, mở, tiếp nhận,
    cho học sinh, cho trẻ, cho giáo viên, thông báo, đánh giá, công khai, phổ biến, thành lập, lồng ghép,
    đăng cai, hoàn thiện, khắc phục, tăng, giảm, thống kê, giám sát, nhân rộng, đề nghị, giới thiệu,
    đón, ký, ký kết, ký cam kết, biên soạn, công bố, xử lý, giải quyết, huy động, nhắc nhở, chấp hành, đưa
    tin, điều tra, kê khai, giải trình, tự đánh giá, mua sắm, duyệt, phê duyệt, khám, tuần tra, điều hành,
    thu, chấm
""")
