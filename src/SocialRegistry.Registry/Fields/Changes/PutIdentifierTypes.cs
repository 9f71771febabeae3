using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>Makes identifier types and changes them, unless identifiers that are stored would be lost.</summary>
internal sealed class PutIdentifierTypes(CatalogueWriter writer, RecordStore store)
{
    private const int MostTypes = 200;
    private const int BatchRecords = 500;

    public Task<Outcome<IdentifierTypeView>> PutAsync(
        IdentifierTypeView type,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<IdentifierTypeView>(
            caller,
            conditions,
            "identifier_type",
            type,
            async edit =>
            {
                var problems = Problems(type, edit.Standing);
                if (problems.Count > 0)
                {
                    return CatalogueProblems.InvalidIdentifierType(problems);
                }

                var before = edit.Standing.View.IdentifierTypes.FirstOrDefault(t => t.Id == type.Id);
                if (before is not null && Text(before) == Text(type))
                {
                    return before;
                }

                var view = edit.Standing.View.With(type);
                if (view.IdentifierTypes.Count > MostTypes)
                {
                    return CatalogueProblems.TooManyIdentifierTypes(MostTypes);
                }

                var next = new Catalogue(view);
                if (before is not null)
                {
                    var lost = await LostAsync(edit, before, next.IdentifierType(type.Id)!, cancellationToken);
                    if (lost.Count > 0)
                    {
                        return CatalogueProblems.IdentifierTypeInUse(lost);
                    }
                }

                edit.Store(next, CatalogueOperations.IdentifierTypePut, type.Id, before, type);
                return type;
            },
            cancellationToken
        );

    private static List<FieldProblem> Problems(IdentifierTypeView type, Catalogue standing)
    {
        var problems = IdentifierTypeCheck.Problems(type).ToList();
        foreach (var name in (type.Synonyms ?? []).Prepend(type.Id).Where(n => n is not null))
        {
            if (standing.IdentifierType(name) is { } other && other.View.Id != type.Id)
            {
                problems.Add(
                    new FieldProblem(
                        "synonyms",
                        "taken",
                        $"{DefinitionTexts.Printable(name)} is {other.View.Id} already."
                    )
                );
            }
            else if (standing.Knows(name))
            {
                problems.Add(new FieldProblem("id", "reserved", "A field has this name."));
            }
        }

        return problems;
    }

    /// <summary>What the change would do to identifiers that are stored: those that could not be found any more are lost.</summary>
    private async Task<IReadOnlyList<FieldProblem>> LostAsync(
        CatalogueEdit edit,
        IdentifierTypeView before,
        IdentifierType after,
        CancellationToken cancellationToken
    )
    {
        var fixedMembers = new List<FieldProblem>();
        if (before.Kind != after.View.Kind)
        {
            fixedMembers.Add(new FieldProblem("kind", "stored", "Records of the other kind carry such identifiers."));
        }

        if (before.Normalisation != after.View.Normalisation)
        {
            fixedMembers.Add(new FieldProblem("normalisation", "stored", "Stored identifiers are found by it."));
        }

        var patternChanges =
            (before.Pattern != after.View.Pattern && after.Pattern is not null)
            || (before.CheckDigit != after.View.CheckDigit && after.View.CheckDigit is not null);
        if (fixedMembers.Count == 0 && !patternChanges)
        {
            return [];
        }

        var carriers = edit.Db.Identifiers.Where(i => i.Type == before.Id).Select(i => i.RegistrantId);
        if (fixedMembers.Count > 0)
        {
            return await carriers.AnyAsync(cancellationToken) ? fixedMembers : [];
        }

        var unmatched = await UnmatchedAsync(edit, carriers, after, cancellationToken);
        return unmatched == 0
            ? []
            : [new FieldProblem("pattern", "stored", $"{unmatched} stored identifiers do not match it.")];
    }

    private async Task<long> UnmatchedAsync(
        CatalogueEdit edit,
        IQueryable<Guid> carriers,
        IdentifierType after,
        CancellationToken cancellationToken
    )
    {
        var unmatched = 0L;
        var last = Guid.Empty;
        while (true)
        {
            var from = last;
            var batch = await store.ReadAsync(
                edit.Db,
                edit.Db.Registrants.Where(r => carriers.Contains(r.Id) && r.Id.CompareTo(from) > 0)
                    .OrderBy(r => r.Id)
                    .Take(BatchRecords),
                cancellationToken
            );
            foreach (var record in batch)
            {
                using (record)
                {
                    unmatched += record.Document.Identifiers.Count(i =>
                        i.Type == after.View.Id
                        && after.Normalise(record.Cipher.OpenText(RecordDraft.IdentifierPath(i.Type), i.Tail)) is null
                    );
                }
            }

            if (batch.Count < BatchRecords)
            {
                return unmatched;
            }

            last = batch[^1].Row.Id;
        }
    }

    private static string Text(IdentifierTypeView type) => JsonSerializer.Serialize(type, FieldDefinition.Format);
}
