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

                if (
                    stored?.ToView() is { } before
                    && Reshapes(before, type)
                    && await db.Relations.AnyAsync(r => r.Type == type.Code, cancellationToken)
                )
                {
                    return Problem.Conflict(
                        "relation_types.in_use",
                        "Relations of this type stand: its symmetry and kinds cannot change. Retire it and make another."
                    );
                }

                if (stored is null)
                {
                    stored = new RelationType(type.Code);
                    db.Add(stored);
                }

                stored.Take(type, caller.Id, ChangeNote.Moment(tools.Time));
                return type;
            },
            dryRun: false,
            cancellationToken
        );
    }

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
