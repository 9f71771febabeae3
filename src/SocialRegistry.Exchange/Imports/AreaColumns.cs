using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>The columns of a file of areas: <c>code, parent, level, name, name:fra …, latitude, longitude, valid_from, valid_to</c>.</summary>
internal sealed record AreaColumns
{
    public const string Code = "code";
    public const string Parent = "parent";
    public const string Level = "level";
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string ValidFrom = "valid_from";
    public const string ValidTo = "valid_to";

    /// <summary>The name in English, or behind a colon in another language.</summary>
    public const string Name = "name";

    private static readonly string[] Known =
    [
        Code,
        Parent,
        Level,
        Name,
        Name + ":fra",
        Latitude,
        Longitude,
        ValidFrom,
        ValidTo,
    ];

    /// <summary>What each column fills, by its place; absent for remarks and columns left out.</summary>
    public required IReadOnlyList<string?> Targets { get; init; }

    /// <summary>The places of the columns that are no remarks.</summary>
    public required IReadOnlyList<int> Kept { get; init; }

    /// <param name="mapping">Column of ours by column name in the file; a column mapped to the empty text is left out.</param>
    public static Outcome<AreaColumns> From(IReadOnlyList<string> headers, IReadOnlyDictionary<string, string> mapping)
    {
        var trimmed = headers.Select(h => h.Trim()).ToList();
        var wrong = mapping
            .Keys.Where(name => !trimmed.Contains(name.Trim()))
            .Select(_ => new FieldProblem(
                "mapping",
                "missing",
                "The mapping names a column that the file does not have."
            ))
            .ToList();
        var renamed = mapping.ToLookup(m => m.Key.Trim(), m => m.Value.Trim());
        var targets = new List<string?>();
        var kept = new List<int>();
        foreach (var (index, header) in trimmed.Index())
        {
            if (ImportFiles.IsRemark(header))
            {
                targets.Add(null);
                continue;
            }

            kept.Add(index);
            var target = (renamed[header].FirstOrDefault() ?? header).ToLowerInvariant();
            var leftOut = target.Length == 0 && header.Length > 0;
            if (!leftOut && !Known.Contains(target) && !IsName(target))
            {
                wrong.Add(new FieldProblem($"column {index + 1}", "unknown", "There is no such column for areas."));
            }

            targets.Add(
                leftOut ? null
                : target == Name ? Name + ":eng"
                : target
            );
        }

        if (targets.All(t => t is null || (!Known.Contains(t) && !IsName(t))))
        {
            return ImportProblems.NoColumnKnown(Known);
        }

        wrong.AddRange(
            targets
                .OfType<string>()
                .GroupBy(t => t)
                .Where(g => g.Count() > 1 && wrong.Count == 0)
                .Select(g => new FieldProblem(g.Key, "duplicate", "Two columns fill the same."))
        );
        if (!targets.Contains(Code))
        {
            wrong.Add(new FieldProblem(Code, "missing", "One column must hold the code: by it a row is found again."));
        }

        if (targets.Contains(Latitude) != targets.Contains(Longitude))
        {
            wrong.Add(new FieldProblem(Latitude, "missing", "Latitude and longitude go together."));
        }

        return wrong.Count == 0
            ? new AreaColumns { Targets = targets, Kept = kept }
            : ImportProblems.Header(wrong, Known);
    }

    /// <summary>A name in the language behind the colon.</summary>
    public static bool IsName(string target) =>
        target.Length == Name.Length + 4
        && target.StartsWith(Name + ":", StringComparison.Ordinal)
        && target.AsSpan(Name.Length + 1).IndexOfAnyExceptInRange('a', 'z') < 0;

    /// <summary>The cells of a parked row.</summary>
    public IReadOnlyList<string> CellsOf(CsvRow row) =>
        row.Cells.Count == Targets.Count ? [.. Kept.Select(i => row.Cells[i])] : row.Cells;
}
