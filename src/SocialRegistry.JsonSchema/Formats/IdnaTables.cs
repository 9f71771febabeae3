using System.Globalization;

namespace SocialRegistry.JsonSchema;

/// <summary>
/// What .NET does not say of code points: taken from the Unicode Character Database (ArabicShaping.txt and UnicodeData.txt, version 14 and 15),
/// narrowed to what a label may hold.
/// </summary>
internal static class IdnaTables
{
    /// <summary>Joining_Type D.</summary>
    public static CodePoints DualJoining { get; } =
        Ranges(
            "620 626 628 62A-62E 633-63F 641-647 649-64A 66E-66F 678-687 69A-6BF 6C1-6C2 6CC 6CE 6D0-6D1 6FA-6FC 6FF "
                + "712-714 71A-71D 71F-727 729 72B 72D-72E 74E-758 75C-76A 76D-770 772 775-777 77A-77F 7CA-7EA 841-845 848 "
                + "84A-853 855 860 862-865 868 886 889-88D 8A0-8A9 8AF-8B0 8B3-8B8 8BA-8C8 1807 1820-1878 1887-18A8 18AA "
                + "A840-A871 10AC0-10AC4 10AD3-10AD6 10AD8-10ADC 10ADE-10AE0 10AEB-10AEE 10B80 10B82 10B86-10B88 10B8A-10B8B "
                + "10B8D 10B90 10BAD-10BAE 10D01-10D21 10D23 10F30-10F32 10F34-10F44 10F51-10F53 10F70-10F73 10F76-10F81 "
                + "10FB0 10FB2-10FB3 10FB8 10FBB-10FBC 10FBE-10FBF 10FC1 10FC4 10FCA 1E900-1E943"
        );

    /// <summary>Joining_Type R.</summary>
    public static CodePoints RightJoining { get; } =
        Ranges(
            "622-625 627 629 62F-632 648 671-673 675-677 688-699 6C0 6C3-6CB 6CD 6CF 6D2-6D3 6D5 6EE-6EF 710 715-719 "
                + "71E 728 72A 72C 72F 74D 759-75B 76B-76C 771 773-774 778-779 840 846-847 849 854 856-858 867 869-86A "
                + "870-882 88E 8AA-8AC 8AE 8B1-8B2 8B9 10AC5 10AC7 10AC9-10ACA 10ACE-10AD2 10ADD 10AE1 10AE4 10AEF 10B81 "
                + "10B83-10B85 10B89 10B8C 10B8E-10B8F 10B91 10BA9-10BAC 10D22 10F33 10F54 10F74-10F75 10FB4-10FB6 "
                + "10FB9-10FBA 10FBD 10FC2-10FC3 10FC9"
        );

    /// <summary>Joining_Type L.</summary>
    public static CodePoints LeftJoining { get; } = Ranges("A872 10ACD 10AD7 10D00 10FCB");

    /// <summary>Canonical_Combining_Class Virama.</summary>
    public static CodePoints Viramas { get; } =
        Ranges(
            "94D 9CD A4D ACD B4D BCD C4D CCD D3B-D3C D4D DCA E3A EBA F84 1039-103A 1714-1715 1734 17D2 1A60 1B44 "
                + "1BAA-1BAB 1BF2-1BF3 2D7F A806 A82C A8C4 A953 A9C0 AAF6 ABED 10A3F 11046 11070 1107F 110B9 11133-11134 "
                + "111C0 11235 112EA 1134D 11442 114C2 115BF 1163F 116B6 1172B 11839 1193D-1193E 119E0 11A34 11A47 11A99 "
                + "11C3F 11D44-11D45 11D97"
        );

    /// <summary>Bidi_Class R and AL.</summary>
    public static CodePoints RightToLeft { get; } =
        Ranges(
            "5D0-5EA 5EF-5F2 620-63F 641-64A 66E-66F 671-674 679-6D3 6D5 6E5-6E6 6EE-6EF 6FA-6FF 710 712-72F 74D-7A5 "
                + "7B1 7C0-7EA 7F4-7F5 800-815 81A 824 828 840-858 860-86A 870-887 889-88E 8A0-8C9 FE73 10800-10805 10808 "
                + "1080A-10835 10837-10838 1083C 1083F-10855 10860-10876 10880-1089E 108E0-108F2 108F4-108F5 10900-10915 "
                + "10920-10939 10980-109B7 109BE-109BF 10A00 10A10-10A13 10A15-10A17 10A19-10A35 10A60-10A7C 10A80-10A9C "
                + "10AC0-10AC7 10AC9-10AE4 10B00-10B35 10B40-10B55 10B60-10B72 10B80-10B91 10C00-10C48 10CC0-10CF2 "
                + "10D00-10D23 10E80-10EA9 10EB0-10EB1 10F00-10F1C 10F27 10F30-10F45 10F70-10F81 10FB0-10FC4 10FE0-10FF6 "
                + "1E800-1E8C4 1E922-1E943 1E94B 1E950-1E959"
        );

    /// <summary>Bidi_Class AN.</summary>
    public static CodePoints ArabicNumbers { get; } = Ranges("10D30-10D39");

    /// <summary>Bidi_Class ON, ES, CS and ET.</summary>
    public static CodePoints Neutral { get; } = Ranges("2D 2B9-2BA 2C6-2CF 2EC 2E2F A67F A717-A71F A788");

    private static CodePoints Ranges(string text) =>
        CodePoints.Of(
            text.Split(' ').Select(range => range.Split('-')).Select(ends => (Parse(ends[0]), Parse(ends[^1])))
        );

    private static int Parse(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
