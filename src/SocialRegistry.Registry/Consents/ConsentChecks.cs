using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Consents;

/// <summary>What is wrong with a consent that is to be recorded.</summary>
internal sealed partial class ConsentChecks(FieldCatalogue catalogue)
{
    private const int MostNames = 20;
    private const int MostFields = 200;
    private const int MaxName = 100;

    private static readonly string[] Beside =
    [
        IdentifierType.Identifiers,
        "memberships",
        "relationships",
        DocumentTypes.Field,
    ];

    public List<FieldProblem> Check(NewConsent consent, DateTimeOffset now)
    {
        var problems = new List<FieldProblem>();
        Names(problems, "purposes", consent.Purposes, PurposePattern());
        Names(problems, "recipients", consent.Recipients, RecipientPattern());
        Count(problems, "fields", consent.Fields, MostFields);
        foreach (var (index, field) in consent.Fields.Index().Take(MostFields))
        {
            if (field is null || !(Beside.Contains(field) || catalogue.Current.Knows(field) || IsType(field)))
            {
                problems.Add(new FieldProblem($"fields[{index}]", "unknown", "There is no such field."));
            }
        }

        if (consent.Type is not (ConsentTypes.Explicit or ConsentTypes.Implicit))
        {
            problems.Add(new FieldProblem("type", "unknown", "Send explicit or implicit."));
        }

        Text(
            problems,
            "collectionMethod",
            consent.CollectionMethod,
            MaxName,
            TextPattern(),
            "1 to 100 printable characters."
        );
        Text(
            problems,
            "storageLocation",
            consent.StorageLocation,
            200,
            TextPattern(),
            "1 to 200 printable characters."
        );
        Text(problems, "notice", consent.Notice, 500, NoticePattern(), "An https address of at most 500 characters.");
        Text(problems, "language", consent.Language, 35, LanguagePattern(), "A language tag such as en or pt-BR.");
        Text(problems, "jurisdiction", consent.Jurisdiction, 2, CountryPattern(), "Two capital letters (ISO 3166-1).");
        Text(
            problems,
            "retentionPeriod",
            consent.RetentionPeriod,
            30,
            DurationPattern(),
            "A duration such as P2Y or P90D."
        );
        if (consent.ValidUntil is { } until && until <= (consent.ValidFrom > now ? consent.ValidFrom : now))
        {
            problems.Add(new FieldProblem("validUntil", "range", "The consent would never hold."));
        }

        if (consent.ValidFrom is { } from && (from < now.AddDays(-1) || from > now.AddYears(10)))
        {
            problems.Add(
                new FieldProblem("validFrom", "range", "Not more than a day ago, not more than ten years ahead.")
            );
        }

        if (consent.ValidUntil > now.AddYears(100))
        {
            problems.Add(new FieldProblem("validUntil", "range", "Not more than a hundred years ahead."));
        }

        return problems;
    }

    private bool IsType(string name) => catalogue.Current.IdentifierType(name) is not null;

    private static void Names(List<FieldProblem> problems, string path, IReadOnlyList<string> names, Regex pattern)
    {
        Count(problems, path, names, MostNames);
        foreach (var (index, name) in names.Index().Take(MostNames))
        {
            if (name is null || name.Length > MaxName || !pattern.IsMatch(name))
            {
                problems.Add(
                    new FieldProblem($"{path}[{index}]", "pattern", "Spell it as the partner's registration does.")
                );
            }
        }
    }

    private static void Count(List<FieldProblem> problems, string path, IReadOnlyList<string> list, int most)
    {
        if (list.Count < 1 || list.Count > most)
        {
            problems.Add(new FieldProblem(path, "items", $"1 to {most} of them."));
        }
        else if (list.Distinct().Count() != list.Count)
        {
            problems.Add(new FieldProblem(path, "twice", "Each one once."));
        }
    }

    private static void Text(
        List<FieldProblem> problems,
        string path,
        string? text,
        int most,
        Regex pattern,
        string expected
    )
    {
        if (text is not null && (text.Length > most || !pattern.IsMatch(text)))
        {
            problems.Add(new FieldProblem(path, "pattern", expected));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:/-]*\z")]
    private static partial Regex PurposePattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._~:/@-]*\z")]
    private static partial Regex RecipientPattern();

    [GeneratedRegex(@"^[^\p{C}]*[^\p{C}\s][^\p{C}]*\z")]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"^https://[!-~]+\z")]
    private static partial Regex NoticePattern();

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"^[A-Z]{2}\z")]
    private static partial Regex CountryPattern();

    [GeneratedRegex(@"^P(?=\d)(\d{1,3}Y)?(\d{1,3}M)?(\d{1,4}W)?(\d{1,5}D)?\z")]
    private static partial Regex DurationPattern();
}
