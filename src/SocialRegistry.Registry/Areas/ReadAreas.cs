using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Areas;

/// <summary>Reads areas. They hold no personal data, so nothing is clamped and nothing logged.</summary>
internal sealed class ReadAreas(IDbContextFactory<RegistryDbContext> contexts)
{
    private const int MostItems = 500;
    private const int MaxTextLength = 100;

    public async Task<Outcome<Page<AreaView>>> ListAsync(
        AreaSelection query,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        if (page.Size is < 1 or > MostItems || (page.After is not null && !AreaRules.IsCode(page.After)))
        {
            return RegistrantProblems.BadPage;
        }

        if (Check(query) is { Count: > 0 } problems)
        {
            return AreaProblems.Invalid(problems);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var filtered = await FilterAsync(db, query, cancellationToken);
        if (!filtered.Succeeded)
        {
            return filtered.Problem;
        }

        var areas = filtered.Value;
        if (page.After is { } after)
        {
#pragma warning disable CA1309 // It becomes SQL; the column's collation compares character by character.
            areas = areas.Where(a => string.Compare(a.Code, after) > 0);
#pragma warning restore CA1309
        }

        var rows = await areas
            .OrderBy(a => a.Code)
            .Take(page.Size + 1)
            .Select(a => new { Area = a, HasChildren = db.Set<Area>().Any(c => c.ParentCode == a.Code) })
            .ToListAsync(cancellationToken);
        var items = rows.Take(page.Size).Select(r => View(r.Area, r.HasChildren)).ToList();
        return new Page<AreaView>(items, rows.Count > page.Size ? items[^1].Code : null);
    }

    public async Task<Outcome<AreaView>> GetAsync(string code, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Areas.AsNoTracking().SingleOrDefaultAsync(a => a.Code == code, cancellationToken) is { } area
            ? await ShowAsync(db, area, cancellationToken)
            : AreaProblems.NotFound;
    }

    public async Task<Outcome<AreaBoundary>> GetBoundaryAsync(string code, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db
            .Areas.AsNoTracking()
            .Where(a => a.Code == code)
            .Select(a => new
            {
                a.Version,
                GeoJson = db.Set<AreaBoundaryRow>().Where(b => b.Code == code).Select(b => b.GeoJson).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found switch
        {
            null => AreaProblems.NotFound,
            { GeoJson: null } => AreaProblems.NoBoundary,
            _ => new AreaBoundary(JsonSerializer.Deserialize<JsonElement>(found.GeoJson), found.Version),
        };
    }

    public async Task<Outcome<Page<AreaHistoryView>>> ListHistoryAsync(
        string code,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteAreas) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteAreas);
        }

        var before = long.MaxValue;
        if (
            page.Size is < 1 or > MostItems
            || (
                page.After is { } after
                && (!long.TryParse(after, System.Globalization.NumberStyles.None, null, out before) || before < 1)
            )
        )
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Areas.AnyAsync(a => a.Code == code, cancellationToken))
        {
            return AreaProblems.NotFound;
        }

        var rows = await db
            .AreaHistory.AsNoTracking()
            .Where(h => h.Code == code && h.Version < before)
            .OrderByDescending(h => h.Version)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var items = rows.Take(page.Size)
            .Select(h => new AreaHistoryView(
                h.Version,
                h.At,
                h.Actor,
                h.Channel,
                h.Operation,
                JsonSerializer.Deserialize<JsonElement>(h.State)
            ))
            .ToList();
        return new Page<AreaHistoryView>(
            items,
            rows.Count > page.Size
                ? items[^1].Version.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : null
        );
    }

    public async Task<Outcome<IReadOnlyList<AreaLevelView>>> ListLevelsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var levels = await db.AreaLevels.AsNoTracking().OrderBy(l => l.Number).ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<AreaLevelView>>([
            .. levels.Select(l => new AreaLevelView(l.Number, AreaNames.Read(l.Names))),
        ]);
    }

    /// <summary>One area with those above it.</summary>
    public static async Task<AreaView> ShowAsync(RegistryDbContext db, Area area, CancellationToken cancellationToken)
    {
        var above = area.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)[..^1];
        var ancestors =
            above.Length == 0
                ? []
                : await db.Areas.AsNoTracking().Where(a => above.Contains(a.Code)).ToListAsync(cancellationToken);
        var hasChildren = await db.Areas.AnyAsync(a => a.ParentCode == area.Code, cancellationToken);
        return View(area, hasChildren) with
        {
            Ancestors = [.. ancestors.OrderBy(a => a.Level).Select(a => new AreaName(a.Code, a.Level, a.ReadNames()))],
        };
    }

    private static AreaView View(Area area, bool hasChildren) =>
        new()
        {
            Code = area.Code,
            Level = area.Level,
            Parent = area.ParentCode,
            Names = area.ReadNames(),
            Point = area.Point,
            ValidFrom = area.ValidFrom,
            ValidTo = area.ValidTo,
            ReplacedBy = area.ReplacedBy,
            HasBoundary = area.HasBoundary,
            HasChildren = hasChildren,
            Version = area.Version,
        };

    private static List<FieldProblem> Check(AreaSelection query)
    {
        var problems = AreaRules.CheckLevelNumber("level", query.Level).ToList();
        if (query.Text is not null && (query.Text.Length > MaxTextLength || string.IsNullOrWhiteSpace(query.Text)))
        {
            problems.Add(new FieldProblem("text", "length", $"A text to search has 1 to {MaxTextLength} characters."));
        }

        if (query.Codes?.Count > AreaLimits.MaxCodes)
        {
            problems.Add(new FieldProblem("codes", "items", $"At most {AreaLimits.MaxCodes} codes."));
        }

        if (query is { Top: true, Parent: not null })
        {
            problems.Add(new FieldProblem("parent", "contradiction", "Ask for a parent or for the top, not for both."));
        }

        return problems;
    }

    private static async Task<Outcome<IQueryable<Area>>> FilterAsync(
        RegistryDbContext db,
        AreaSelection query,
        CancellationToken cancellationToken
    )
    {
        var areas = db.Areas.AsNoTracking();
        if (query.Parent is { } parent)
        {
            if (!await db.Areas.AnyAsync(a => a.Code == parent, cancellationToken))
            {
                return AreaProblems.Invalid(Unknown("parent"));
            }

            areas = areas.Where(a => a.ParentCode == parent);
        }

        if (query.Within is { } within)
        {
            var path = await db
                .Areas.Where(a => a.Code == within)
                .Select(a => a.Path)
                .SingleOrDefaultAsync(cancellationToken);
            if (path is null)
            {
                return AreaProblems.Invalid(Unknown("within"));
            }

            areas = areas.Within(path);
        }

        if (query.Top)
        {
            areas = areas.Where(a => a.ParentCode == null);
        }

        if (query.Level is { } level)
        {
            areas = areas.Where(a => a.Level == level);
        }

        if (query.Text is { } text)
        {
            var folded = AreaNames.Fold(text.Trim());
            areas = areas.Where(a => a.SearchText.Contains(folded));
        }

        if (query.Codes is { } codes)
        {
            areas = areas.Where(a => codes.Contains(a.Code));
        }

        if (query.ValidOn is { } day)
        {
            areas = areas.Where(a =>
                (a.ValidFrom == null || a.ValidFrom <= day) && (a.ValidTo == null || a.ValidTo >= day)
            );
        }

        return Outcome.Of(areas);
    }

    private static FieldProblem Unknown(string field) => new(field, "unknown", "There is no area of this code.");
}
