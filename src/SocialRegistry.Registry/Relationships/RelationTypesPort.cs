using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Keeps the types of relation.</summary>
internal sealed partial class RelationTypesPort(IDbContextFactory<RegistryDbContext> contexts, RelationshipTools tools)
    : IRelationTypes
{
    private const int MostTypes = 500;
    private const int MaxLabel = 200;
    private const int MostLabels = 50;
    private const int MostItems = 500;

    public async Task<IReadOnlyList<RelationTypeView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var types = await db.RelationTypes.AsNoTracking().OrderBy(t => t.Code).ToListAsync(cancellationToken);
        return [.. types.Select(t => t.ToView())];
    }

    public async Task<Outcome<RelationTypeView>> SaveAsync(
        RelationTypeView type,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteFields) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteFields);
        }

        if (Check(type).ToList() is { Count: > 0 } problems)
        {
            return Problem.Invalid("relation_types.invalid", "The relation type does not fit.", problems);
        }

        var note = ChangeNote.By(caller, null, null, tools.Time);
        return await tools.RunAsync<RelationTypeView>(
            async (db, _) =>
            {
                await tools.Locks.LockRelationTypesAsync(db, alone: true, cancellationToken);
                var types = await db.RelationTypes.ToListAsync(cancellationToken);
                var others = types.Where(t => t.Code != type.Code).ToList();
                string[] names = [type.Code, .. type.Inverse is { } inverse ? (string[])[inverse] : []];
                if (others.Exists(t => names.Contains(t.Code) || names.Contains(t.Inverse)))
                {
                    return Problem.Conflict(
                        "relation_types.code_taken",
                        "Another relation type has this code, or names its far end so."
                    );
                }

                var stored = types.Find(t => t.Code == type.Code);
                if (stored is null && types.Count >= MostTypes)
                {
                    return Problem.Conflict(
                        "relation_types.too_many",
                        $"There are at most {MostTypes} relation types."
                    );
                }

                var before = stored?.ToView();
                if (
                    before is not null
                    && Reshapes(before, type)
                    && await db.Relations.AnyAsync(r => r.Type == type.Code, cancellationToken)
                )
                {
                    return Problem.Conflict(
                        "relation_types.in_use",
                        "Relations of this type stand: its symmetry and kinds cannot change. Retire it and make another."
                    );
                }

                if (before is not null && IsSame(before, type))
                {
                    return type;
                }

                if (stored is null)
                {
                    stored = new RelationType(type.Code);
                    db.Add(stored);
                }

                stored.Take(type, caller.Id, ChangeNote.Moment(tools.Time));
                db.Add(RelationTypeHistory.Of(stored, before, caller));
                return type;
            },
            dryRun: false,
            note,
            cancellationToken
        );
    }

    public async Task<Outcome<Page<RelationTypeHistoryView>>> ListHistoryAsync(
        string code,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteFields) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteFields);
        }

        var before = long.MaxValue;
        if (
            page.Size is < 1 or > MostItems
            || (
                page.After is { } after
                && (!long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before) || before < 1)
            )
        )
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.RelationTypes.AnyAsync(t => t.Code == code, cancellationToken))
        {
            return Problem.NotFound("relation_types.not_found", "There is no relation type of this code.");
        }

        var rows = await db
            .RelationTypeHistory.AsNoTracking()
            .Where(h => h.Code == code && h.Version < before)
            .OrderByDescending(h => h.Version)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var items = rows.Take(page.Size).Select(h => h.ToView()).ToList();
        return new Page<RelationTypeHistoryView>(
            items,
            rows.Count > page.Size ? items[^1].Version.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    private static bool IsSame(RelationTypeView before, RelationTypeView next) =>
        JsonElement.DeepEquals(JsonSerializer.SerializeToElement(before), JsonSerializer.SerializeToElement(next));

    private static bool Reshapes(RelationTypeView before, RelationTypeView next) =>
        before.IsSymmetric != next.IsSymmetric
        || !before.FromKinds.ToHashSet().SetEquals(next.FromKinds)
        || !before.ToKinds.ToHashSet().SetEquals(next.ToKinds);

    private static IEnumerable<FieldProblem> Check(RelationTypeView type)
    {
        if (type.Code is null || !Name().IsMatch(type.Code))
        {
            yield return new FieldProblem("code", "pattern", "Lower-case letters and underscores, up to 40.");
        }

        if (RelativeKinds.All.Contains(type.Code) || RelativeKinds.All.Contains(type.Inverse))
        {
            yield return new FieldProblem(
                "code",
                "reserved",
                "This word names relatives that follow from parents and spouses."
            );
        }

        if (type.IsSymmetric && type.Inverse is not null)
        {
            yield return new FieldProblem("inverse", "symmetric", "Both ends of a symmetric type name it the same.");
        }

        if (!type.IsSymmetric && (type.Inverse is null || !Name().IsMatch(type.Inverse) || type.Inverse == type.Code))
        {
            yield return new FieldProblem(
                "inverse",
                "pattern",
                "How the far end names it: lower-case letters and underscores, up to 40, not the code itself."
            );
        }

        foreach (var (name, labels, needed) in Labels(type))
        {
            if (
                labels.Count > MostLabels
                || labels.Any(l => !Language().IsMatch(l.Key) || l.Value is not { Length: > 0 and <= MaxLabel })
                || (needed && !labels.ContainsKey("eng"))
            )
            {
                yield return new FieldProblem(
                    name,
                    "labels",
                    $"Texts of 1 to {MaxLabel} characters by language of three letters, 'eng' among them."
                );
            }
        }

        foreach (var (name, kinds) in new[] { ("fromKinds", type.FromKinds), ("toKinds", type.ToKinds) })
        {
            if (
                kinds.Count is 0 or > 2
                || kinds.Distinct().Count() != kinds.Count
                || kinds.Any(k => k is not (RegistrantKinds.Individual or RegistrantKinds.Group))
            )
            {
                yield return new FieldProblem(name, "kind", "'individual', 'group' or both.");
            }
        }
    }

    private static IEnumerable<(string, IReadOnlyDictionary<string, string>, bool)> Labels(RelationTypeView type) =>
        [("labels", type.Labels, true), ("inverseLabels", type.InverseLabels, !type.IsSymmetric)];

    [GeneratedRegex("^[a-z][a-z_]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z]{3}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
