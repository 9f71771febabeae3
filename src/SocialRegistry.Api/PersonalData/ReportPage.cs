using System.Globalization;
using System.Text;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.PersonalData;

/// <summary>The report as a page.</summary>
internal static class ReportPage
{
    public static string Of(DisclosureReport report)
    {
        var words = new PageWords(report.Language);
        var page = new StringBuilder(PrintedPage.Head(words["report"], report.Language));
        if (!report.IsComplete)
        {
            page.Append("<p class=\"warn\">").Append(PrintedPage.Encode(words["more"])).Append("</p>\n");
        }

        if (report.Groups.Count == 0)
        {
            return page.Append("<p>")
                .Append(PrintedPage.Encode(words["none"]))
                .Append("</p>\n")
                .Append(PrintedPage.Foot)
                .ToString();
        }

        string[] heads =
        [
            words["month"],
            words["institution"],
            words["reader"],
            words["purpose"],
            words["ground"],
            words["count"],
            words["fields"],
        ];
        page.Append("<table class=\"wide\">").Append(PrintedPage.Heads(heads)).Append("<tbody>\n");
        foreach (var group in report.Groups)
        {
            page.Append(
                PrintedPage.WideRow(
                    heads,
                    group.Month,
                    group.Institution,
                    words[group.ReaderKind] + (group.BreakGlass ? $" ({words["glass"]})" : ""),
                    group.Purpose,
                    string.Join(", ", group.LegalGrounds),
                    group.Count.ToString(CultureInfo.InvariantCulture),
                    Fields(group, words)
                )
            );
        }

        return page.Append("</tbody></table>\n").Append(PrintedPage.Foot).ToString();
    }

    public static string Fields(DisclosureGroup group, PageWords words) =>
        string.Join(", ", group.Fields.Select(f => f.Masked ? $"{f.Label} ({words["masked"]})" : f.Label));
}

/// <summary>The report as a table.</summary>
internal static class ReportTable
{
    private static readonly string[] Columns =
    [
        "month",
        "institution",
        "reader_kind",
        "break_glass",
        "purpose",
        "legal_grounds",
        "channels",
        "consents",
        "count",
        "first",
        "last",
        "fields",
    ];

    public static string Of(DisclosureReport report)
    {
        var words = new PageWords(report.Language);
        var table = new StringBuilder(Line(Columns));
        foreach (var group in report.Groups)
        {
            table.Append(
                Line(
                    group.Month,
                    group.Institution,
                    group.ReaderKind,
                    group.BreakGlass ? "true" : "false",
                    group.Purpose ?? "",
                    string.Join("; ", group.LegalGrounds),
                    string.Join("; ", group.Channels),
                    string.Join("; ", group.Consents),
                    group.Count.ToString(CultureInfo.InvariantCulture),
                    group.First.ToString("O", CultureInfo.InvariantCulture),
                    group.Last.ToString("O", CultureInfo.InvariantCulture),
                    ReportPage.Fields(group, words)
                )
            );
        }

        return table.ToString();
    }

    private static string Line(params IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>A cell that begins like a formula is made text: spreadsheets would run it.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
