using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Indexes;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>Brings code lists and fields of a file in, all in one version or none.</summary>
internal sealed class ApplyCatalogue(CatalogueWriter writer, FieldEffects effects, IFieldIndexes indexes)
{
    public Task<Outcome<CatalogueApplied>> ApplyAsync(
        CatalogueAdditions additions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<CatalogueApplied>(
            caller,
            async edit =>
            {
                var version = edit.Standing.View.Version;
                var view = edit.Standing.View;
                var lists = WithLists(additions.CodeLists, edit.Standing, ref view);
                if (!lists.Succeeded)
                {
                    return lists.Problem;
                }

                // A new list may stand under fields of the same file.
                var withLists = new Catalogue(view);
                var fields = await WithFieldsAsync(additions.Fields, edit, withLists, cancellationToken);
                if (!fields.Succeeded)
                {
                    return fields.Problem;
                }

                if (lists.Value.Count + fields.Value.Changed.Count == 0)
                {
                    return new CatalogueApplied(version, [], []);
                }

                var next = new Catalogue(fields.Value.View with { Version = version + 1 });
                edit.Store(next);
                foreach (var list in lists.Value)
                {
                    edit.Log(
                        version + 1,
                        CatalogueOperations.CodeListPut,
                        list.Id,
                        edit.Standing.CodeLists.GetValueOrDefault(list.Id),
                        list
                    );
                }

                foreach (var field in fields.Value.Changed)
                {
                    var before = edit.Standing.Rule(field.Kind, field.Id)?.View;
                    edit.Log(
                        version + 1,
                        CatalogueOperations.Published,
                        DraftFields.Subject(field.Kind, field.Id),
                        before is null ? null : FieldDefinition.From(before),
                        FieldDefinition.From(field)
                    );
                    await IndexRequests.AskAsync(indexes, edit, before, field, cancellationToken);
                }

                return new CatalogueApplied(
                    version + 1,
                    [.. lists.Value.Select(l => l.Id)],
                    [.. fields.Value.Changed.Select(f => DraftFields.Subject(f.Kind, f.Id))]
                );
            },
            cancellationToken
        );

    private static Outcome<List<CodeListView>> WithLists(
        IReadOnlyList<CodeListView> lists,
        Catalogue standing,
        ref CatalogueView view
    )
    {
        var changed = new List<CodeListView>();
        foreach (var (index, list) in lists.Index())
        {
            var before = standing.CodeLists.GetValueOrDefault(list.Id ?? "");
            if (PutCodeLists.IsSame(before, list))
            {
                continue;
            }

            var problems = PutCodeLists.Problems(standing.View, before, list).ToList();
            if (problems.Count == 0 && changed.Any(l => l.Id == list.Id))
            {
                problems.Add(new FieldProblem("id", "duplicate", "The list is there twice."));
            }

            if (problems.Count > 0)
            {
                return CatalogueProblems.InvalidCodeList(At($"codeLists[{index}].", problems));
            }

            view = view.With(list);
            changed.Add(list);
        }

        return view.CodeLists.Count > PutCodeLists.MostLists
            ? CatalogueProblems.TooManyCodeLists(PutCodeLists.MostLists)
            : changed;
    }

    private async Task<Outcome<(CatalogueView View, List<FieldView> Changed)>> WithFieldsAsync(
        IReadOnlyList<FieldView> fields,
        CatalogueEdit edit,
        Catalogue withLists,
        CancellationToken cancellationToken
    )
    {
        var changed = new List<FieldView>();
        var growing = withLists;
        foreach (var (index, field) in fields.Index())
        {
            var before = withLists.Rule(field.Kind, field.Id)?.View;
            if (before is not null && Text(before) == Text(field))
            {
                continue;
            }

            if (changed.Any(f => f.Kind == field.Kind && f.Id == field.Id))
            {
                return CatalogueProblems.InvalidField([
                    new FieldProblem($"fields[{index}].id", "duplicate", "The field is there twice."),
                ]);
            }

            var candidate = DraftFields.Candidate(field, growing);
            if (!candidate.Succeeded)
            {
                return candidate.Problem with { Fields = At($"fields[{index}].", candidate.Problem.Fields) };
            }

            var effect = await effects.OfAsync(
                edit.Db,
                field,
                edit.Standing,
                candidate.Value,
                null,
                edit.Note.Caller,
                cancellationToken
            );
            if (!effect.Publishable)
            {
                var problem = CatalogueProblems.WouldBreak(effect);
                return problem with { Fields = At($"fields[{index}].", problem.Fields) };
            }

            growing = candidate.Value;
            changed.Add(field);
        }

        return (growing.View, changed);
    }

    private static List<FieldProblem> At(string place, IReadOnlyList<FieldProblem> problems) =>
        [.. problems.Select(p => p with { Field = place + p.Field })];

    private static string Text(FieldView field) =>
        JsonSerializer.Serialize(FieldDefinition.From(field), FieldDefinition.Format);
}
