using System.Globalization;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>
/// The names a column may have: a field id or one of its labels, <c>field[2]</c> for an item of a repeated field,
/// <c>field.part</c> or <c>field[2].part</c> for a part of a group field, an identifier type, its synonyms or labels;
/// for persons also <c>household</c> and <c>membership_kind</c>.
/// </summary>
internal sealed partial class ColumnNames
{
    public const string Household = "household";
    public const string MembershipKind = "membership_kind";
    private const string HouseholdIdentifier = "HOUSEHOLD_ID";

    private readonly string kind;
    private readonly CatalogueView catalogue;
    private readonly IReadOnlyList<FieldView> fields;

    public ColumnNames(CatalogueView catalogue, string kind)
    {
        this.kind = kind;
        // A retired field takes no values, and what is computed neither, so no column leads to it.
        fields = [.. catalogue.Fields.Where(f => f.Kind == kind && f.State == FieldState.Published && !f.Computed)];
        this.catalogue = catalogue;
    }

    /// <summary>All plain names, for error texts.</summary>
    public IReadOnlyList<string> Known =>
        [
            .. fields.SelectMany(Cells),
            .. catalogue.IdentifierTypes.Where(t => t.Kind == kind).Select(t => t.Id),
            .. kind == RegistrantKinds.Individual ? (string[])[Household, MembershipKind] : [],
        ];

    /// <summary>A group has no cell of its own: its parts have.</summary>
    private static IEnumerable<string> Cells(FieldView field) =>
        field.HasParts ? field.Parts.SelectMany(Cells).Select(part => $"{field.Id}.{part}") : [field.Id];

    /// <summary>What a column of this name fills, or <c>null</c> when nothing has that name.</summary>
    public Column? Find(string name, string header)
    {
        if (kind == RegistrantKinds.Individual)
        {
            if (Same(name, MembershipKind))
            {
                return new Column.MembershipKinds(header);
            }

            if (Same(name, Household) && catalogue.IdentifierTypes.Any(t => t.Id == HouseholdIdentifier))
            {
                return new Column.GroupIdentifier(header, HouseholdIdentifier);
            }
        }

        return FindField(name, header) ?? FindIdentifier(name, header);
    }

    /// <summary>The known name nearest to a mistyped one, or <c>null</c> when none is near.</summary>
    public string? Nearest(string name)
    {
        var best = Known
            .Select(known => (Known: known, Steps: Distance(known.ToUpperInvariant(), name.ToUpperInvariant())))
            .MinBy(d => d.Steps);
        return best.Steps <= Math.Max(2, name.Length / 3) ? best.Known : null;
    }

    private Column.Value? FindField(string name, string header)
    {
        var segments = name.Split('.');
        if (segments.Length > 4 || Item(segments[0]) is not { } head)
        {
            return FindByLabel(name, header);
        }

        var field = fields.FirstOrDefault(f => Same(f.Id, head.Id));
        if (field is null || (head.Number is not null && !field.Repeated))
        {
            return FindByLabel(name, header);
        }

        var path = new List<FieldView>();
        foreach (var segment in segments.Skip(1))
        {
            var part = (path.Count == 0 ? field : path[^1]).Parts.FirstOrDefault(p => Same(p.Id, segment));
            if (part is null)
            {
                return null;
            }

            path.Add(part);
        }

        // A group has no cell of its own: its parts have.
        var leaf = path.Count == 0 ? field : path[^1];
        return leaf.HasParts ? null : new Column.Value(header, field, path, head.Number);
    }

    private Column.Value? FindByLabel(string name, string header) =>
        fields.Where(f => !f.HasParts && f.Labels.Values.Any(l => Same(l, name))).ToList() is [var field]
            ? new Column.Value(header, field, [], null)
            : null;

    private Column? FindIdentifier(string name, string header)
    {
        var type = catalogue.IdentifierTypes.FirstOrDefault(t =>
            Same(t.Id, name) || t.Synonyms.Any(s => Same(s, name)) || t.Labels.Values.Any(l => Same(l, name))
        );
        return type is null ? null
            : type.Kind == kind ? new Column.OwnIdentifier(header, type.Id)
            : kind == RegistrantKinds.Individual && type.Kind == RegistrantKinds.Group
                ? new Column.GroupIdentifier(header, type.Id)
            : null;
    }

    private static (string Id, int? Number)? Item(string segment)
    {
        var match = ItemForm().Match(segment);
        return match.Success
            ? (
                match.Groups["id"].Value,
                match.Groups["number"].Success
                    ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
                    : null
            )
            : null;
    }

    private static bool Same(string one, string other) =>
        string.Equals(one, other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }

    [GeneratedRegex(@"^(?<id>[A-Za-z][A-Za-z0-9_]{0,63})(\[(?<number>[1-9][0-9]?)\])?$", RegexOptions.CultureInvariant)]
    private static partial Regex ItemForm();
}
