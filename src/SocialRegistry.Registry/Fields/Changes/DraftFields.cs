using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>Keeps, lists and throws away drafts of fields.</summary>
internal sealed class DraftFields(
    CatalogueWriter writer,
    FieldCatalogue catalogue,
    IDbContextFactory<RegistryDbContext> contexts
)
{
    /// <summary>Fields of a catalogue, both kinds together.</summary>
    public const int MostFields = 2_000;

    public Task<Outcome<FieldDraftView>> DraftAsync(
        FieldView field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<FieldDraftView>(
            caller,
            conditions,
            "draft",
            conditions.IdempotencyKey is null ? "" : FieldDefinition.From(field),
            async edit =>
            {
                var whole = field is { Type: FieldType.GeoPoint, Parts.Count: 0 }
                    ? field with
                    {
                        Parts = FieldView.GeoPointParts(field.Kind, field.Class),
                    }
                    : field;
                var candidate = Candidate(whole, edit.Standing);
                if (!candidate.Succeeded)
                {
                    return candidate.Problem;
                }

                var document = Text(whole);
                var row = await edit.Db.FieldDrafts.SingleOrDefaultAsync(
                    d => d.Kind == whole.Kind && d.Field == whole.Id,
                    cancellationToken
                );
                edit.Log(
                    CatalogueOperations.Drafted,
                    Subject(whole.Kind, whole.Id),
                    row is null ? null : Read(row.Document),
                    FieldDefinition.From(whole)
                );
                if (row is null)
                {
                    row = new FieldDraft
                    {
                        Kind = whole.Kind,
                        Field = whole.Id,
                        Document = document,
                        DraftedBy = caller.Id,
                        DraftedAt = edit.Note.Now,
                        Revision = Guid.NewGuid(),
                    };
                    edit.Db.FieldDrafts.Add(row);
                }
                else
                {
                    row.Document = document;
                    row.DraftedBy = caller.Id;
                    row.DraftedAt = edit.Note.Now;
                    row.Revision = Guid.NewGuid();
                }

                return Show(row, edit.Standing);
            },
            cancellationToken
        );

    public Task<Outcome<Done>> WithdrawAsync(
        FieldName name,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<Done>(
            caller,
            conditions,
            "withdraw",
            name,
            async edit =>
            {
                var found = await FindAsync(edit.Db, name, cancellationToken);
                if (!found.Succeeded)
                {
                    return found.Problem;
                }

                edit.Db.FieldDrafts.Remove(found.Value);
                edit.Log(
                    CatalogueOperations.Withdrawn,
                    Subject(found.Value.Kind, found.Value.Field),
                    Read(found.Value.Document),
                    null
                );
                return default(Done);
            },
            cancellationToken
        );

    public async Task<Outcome<IReadOnlyList<FieldDraftView>>> ListAsync(
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteFields))
        {
            return CatalogueProblems.NotAllowed;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db
            .FieldDrafts.AsNoTracking()
            .OrderBy(d => d.Kind)
            .ThenBy(d => d.Field)
            .ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<FieldDraftView>>([.. rows.Select(r => Show(r, catalogue.Current))]);
    }

    /// <summary>The draft of that name.</summary>
    public static async Task<Outcome<FieldDraft>> FindAsync(
        RegistryDbContext db,
        FieldName name,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .FieldDrafts.Where(d => d.Field == name.Id && (name.Kind == null || d.Kind == name.Kind))
            .ToListAsync(cancellationToken);
        return rows switch
        {
            [] => CatalogueProblems.NoDraft,
            [var one] => one,
            _ => CatalogueProblems.KindNeeded,
        };
    }

    /// <summary>The catalogue as it would be with the field published.</summary>
    public static Outcome<Catalogue> Candidate(FieldView field, Catalogue standing)
    {
        var problems = FieldCheck.Problems(field, standing.CodeLists).ToList();
        if (field.State != FieldState.Published)
        {
            problems.Add(new FieldProblem("retired", "unknown", "A draft is not retired: retire the field itself."));
        }

        if (Words.Contains(field.Id) || standing.IdentifierType(field.Id) is not null)
        {
            problems.Add(new FieldProblem("id", "reserved", "This name means something else already."));
        }

        foreach (
            var other in standing.View.Fields.Where(f =>
                f.Kind == field.Kind && f.Id != field.Id && f.State == FieldState.Published
            )
        )
        {
            if (field.Claim is not null && field.Claim == other.Claim)
            {
                problems.Add(new FieldProblem("claim", "taken", $"The field {other.Id} has this claim."));
            }

            if (field.DciPath is { } path && other.DciPath is { } otherPath && Overlap(path, otherPath))
            {
                problems.Add(new FieldProblem("dciPath", "taken", $"The field {other.Id} stands there."));
            }
        }

        if (problems.Count > 0)
        {
            return CatalogueProblems.InvalidField(problems);
        }

        var next = standing.View.With(field);
        return next.Fields.Count > MostFields ? CatalogueProblems.TooManyFields(MostFields) : new Catalogue(next);
    }

    /// <summary>The field of a stored draft.</summary>
    public static FieldView Field(FieldDraft row) => Read(row.Document).ToView();

    public static FieldDraftView Show(FieldDraft row, Catalogue standing) =>
        new()
        {
            Field = Field(row),
            Changes = standing.Rule(row.Kind, row.Field) is not null,
            DraftedBy = row.DraftedBy,
            DraftedAt = row.DraftedAt,
        };

    public static string Subject(string kind, string id) => $"{kind}.{id}";

    /// <summary>Words that scopes, records and searches use beside fields.</summary>
    private static readonly HashSet<string> Words =
    [
        "id",
        "kind",
        "version",
        "status",
        "values",
        "identifier",
        "identifiers",
        "attestations",
        "memberships",
        "relationships",
        "member_list",
        "group_head_info",
        "group_size",
        "registration_date",
        "last_updated",
        "household",
        "membership_kind",
    ];

    /// <summary>True when one stands where the other is, or inside it.</summary>
    private static bool Overlap(string one, string other) =>
        one == other
        || one.StartsWith(other + ".", StringComparison.Ordinal)
        || other.StartsWith(one + ".", StringComparison.Ordinal);

    private static FieldDefinition Read(string document) =>
        JsonSerializer.Deserialize<FieldDefinition>(document, FieldDefinition.Format)!;

    private static string Text(FieldView field) =>
        JsonSerializer.Serialize(FieldDefinition.From(field), FieldDefinition.Format);
}
