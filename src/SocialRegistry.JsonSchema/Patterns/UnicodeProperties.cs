using System.Globalization;

namespace SocialRegistry.JsonSchema;

/// <summary>
/// The properties that <c>\p{…}</c> may name: every General_Category, by its long and short name, and the binary properties that
/// follow from it. Scripts are not known to .NET, so a pattern with one is refused.
/// </summary>
internal static class UnicodeProperties
{
    private static readonly Lazy<CodePoints[]> ByCategory = new(Scan);

    private static readonly Dictionary<string, UnicodeCategory[]> Categories = Table();

    public static CodePoints? Find(string name)
    {
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0)
        {
            return name[..equals] is "General_Category" or "gc" ? Category(name[(equals + 1)..]) : null;
        }

        return name switch
        {
            "Any" => CodePoints.Of((0, 0x10FFFF)),
            "ASCII" => CodePoints.Of((0, 0x7F)),
            "ASCII_Hex_Digit" or "AHex" => CodePoints.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
            "Assigned" => ByCategory.Value[(int)UnicodeCategory.OtherNotAssigned].Complement(),
            "White_Space" or "space" => CodePoints.Union([CodePoints.Of((0x09, 0x0D), (0x85, 0x85)), Category("Z")!]),
            _ => Category(name),
        };
    }

    private static CodePoints? Category(string name) =>
        Categories.TryGetValue(name, out var categories)
            ? CodePoints.Union(categories.Select(c => ByCategory.Value[(int)c]))
            : null;

    private static CodePoints[] Scan()
    {
        var ranges = Enum.GetValues<UnicodeCategory>().Select(_ => new List<(int From, int To)>()).ToArray();
        for (var point = 0; point <= 0x10FFFF; point++)
        {
            var list = ranges[(int)CharUnicodeInfo.GetUnicodeCategory(point)];
            if (list.Count > 0 && list[^1].To == point - 1)
            {
                list[^1] = (list[^1].From, point);
            }
            else
            {
                list.Add((point, point));
            }
        }

        return [.. ranges.Select(r => CodePoints.Of(r))];
    }

    private static Dictionary<string, UnicodeCategory[]> Table()
    {
        var table = new Dictionary<string, UnicodeCategory[]>(StringComparer.Ordinal);
        Add("Lu Uppercase_Letter", UnicodeCategory.UppercaseLetter);
        Add("Ll Lowercase_Letter", UnicodeCategory.LowercaseLetter);
        Add("Lt Titlecase_Letter", UnicodeCategory.TitlecaseLetter);
        Add("Lm Modifier_Letter", UnicodeCategory.ModifierLetter);
        Add("Lo Other_Letter", UnicodeCategory.OtherLetter);
        Add("Mn Nonspacing_Mark", UnicodeCategory.NonSpacingMark);
        Add("Mc Spacing_Mark", UnicodeCategory.SpacingCombiningMark);
        Add("Me Enclosing_Mark", UnicodeCategory.EnclosingMark);
        Add("Nd Decimal_Number digit", UnicodeCategory.DecimalDigitNumber);
        Add("Nl Letter_Number", UnicodeCategory.LetterNumber);
        Add("No Other_Number", UnicodeCategory.OtherNumber);
        Add("Zs Space_Separator", UnicodeCategory.SpaceSeparator);
        Add("Zl Line_Separator", UnicodeCategory.LineSeparator);
        Add("Zp Paragraph_Separator", UnicodeCategory.ParagraphSeparator);
        Add("Cc Control cntrl", UnicodeCategory.Control);
        Add("Cf Format", UnicodeCategory.Format);
        Add("Cs Surrogate", UnicodeCategory.Surrogate);
        Add("Co Private_Use", UnicodeCategory.PrivateUse);
        Add("Cn Unassigned", UnicodeCategory.OtherNotAssigned);
        Add("Pc Connector_Punctuation", UnicodeCategory.ConnectorPunctuation);
        Add("Pd Dash_Punctuation", UnicodeCategory.DashPunctuation);
        Add("Ps Open_Punctuation", UnicodeCategory.OpenPunctuation);
        Add("Pe Close_Punctuation", UnicodeCategory.ClosePunctuation);
        Add("Pi Initial_Punctuation", UnicodeCategory.InitialQuotePunctuation);
        Add("Pf Final_Punctuation", UnicodeCategory.FinalQuotePunctuation);
        Add("Po Other_Punctuation", UnicodeCategory.OtherPunctuation);
        Add("Sm Math_Symbol", UnicodeCategory.MathSymbol);
        Add("Sc Currency_Symbol", UnicodeCategory.CurrencySymbol);
        Add("Sk Modifier_Symbol", UnicodeCategory.ModifierSymbol);
        Add("So Other_Symbol", UnicodeCategory.OtherSymbol);
        AddUnion("LC Cased_Letter", "Lu", "Ll", "Lt");
        AddUnion("L Letter", "Lu", "Ll", "Lt", "Lm", "Lo");
        AddUnion("M Mark Combining_Mark", "Mn", "Mc", "Me");
        AddUnion("N Number", "Nd", "Nl", "No");
        AddUnion("Z Separator", "Zs", "Zl", "Zp");
        AddUnion("C Other", "Cc", "Cf", "Cs", "Co", "Cn");
        AddUnion("P Punctuation punct", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po");
        AddUnion("S Symbol", "Sm", "Sc", "Sk", "So");
        return table;

        void Add(string names, params UnicodeCategory[] categories)
        {
            foreach (var name in names.Split(' '))
            {
                table.Add(name, categories);
            }
        }

        void AddUnion(string names, params string[] parts) => Add(names, [.. parts.SelectMany(p => table[p])]);
    }
}
