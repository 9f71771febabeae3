using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>Previews and publishes drafts, and retires fields.</summary>
internal sealed class PublishField(
    CatalogueWriter writer,
    FieldCatalogue catalogue,
    FieldEffects effects,
    IFieldIndexes indexes,
    DisclosureLog disclosures,
    IDbContextFactory<RegistryDbContext> contexts,
    TimeProvider time
) : IDisposable
{
    /// <summary>Changes this old are looked at twice: a writer's clock may be behind, and its transaction may have begun earlier.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    /// <summary>A preview may open every record: one at a time in a process.</summary>
    private readonly SemaphoreSlim previewing = new(1);

    public async Task<Outcome<FieldEffectView>> PreviewAsync(
        FieldName name,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var look = await LookAsync(name, caller, cancellationToken);
        if (look.Succeeded)
        {
            // That the record breaks a rule which the caller has made tells of its value.
            var shown = look.Value.Shown;
            var listed = look.Value.Effect.BrokenRecords;
            await disclosures.WriteAsync(
                [.. listed.Select(b => disclosures.Row(caller, b.Id.Value, [shown]))],
                cancellationToken
            );
        }

        return look.Map(l => l.Effect);
    }

    private async Task<Outcome<Look>> LookAsync(FieldName name, Caller caller, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - Overlap;
        if (!caller.May(Permissions.WriteFields) || caller.Kind == CallerKind.Person)
        {
            return CatalogueProblems.NotAllowed;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = await DraftFields.FindAsync(db, name, cancellationToken);
        if (!draft.Succeeded)
        {
            return draft.Problem;
        }

        var standing = catalogue.Current;
        var field = DraftFields.Field(draft.Value);
        var next = DraftFields.Candidate(field, standing);
        if (!next.Succeeded)
        {
            return next.Problem;
        }

        await previewing.WaitAsync(cancellationToken);
        try
        {
            var effect = await effects.OfAsync(db, field, standing, next.Value, null, caller, cancellationToken);
            var shown = FieldEffects.Sees(caller, field, standing) ? field.Id : Comparisons.Shown(field.Id);
            return new Look(effect, shown, standing.View.Version, draft.Value.Revision, since);
        }
        finally
        {
            previewing.Release();
        }
    }

    /// <summary>
    /// Looks at all stored values while others go on writing, then, while nobody writes, at those that changed since: what is published
    /// holds for every stored value, and nobody waits for a look at a million of them.
    /// </summary>
    public async Task<Outcome<FieldStatusView>> PublishAsync(
        FieldName name,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (
            await writer.RecallAsync<FieldStatusView>(caller, conditions, Publishing, name, cancellationToken) is
            { } recalled
        )
        {
            return recalled;
        }

        var look = await LookAsync(name, caller, cancellationToken);
        return !look.Succeeded ? look.Problem
            : look.Value.Effect.Publishable ? await StoreAsync(name, look.Value, conditions, caller, cancellationToken)
            : CatalogueProblems.WouldBreak(look.Value.Effect);
    }

    private const string Publishing = "publish";

    private Task<Outcome<FieldStatusView>> StoreAsync(
        FieldName name,
        Look look,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<FieldStatusView>(
            caller,
            conditions,
            Publishing,
            name,
            async edit =>
            {
                var draft = await DraftFields.FindAsync(edit.Db, name, cancellationToken);
                if (!draft.Succeeded)
                {
                    return draft.Problem;
                }

                var field = DraftFields.Field(draft.Value);
                var next = DraftFields.Candidate(field, edit.Standing);
                if (!next.Succeeded)
                {
                    return next.Problem;
                }

                var isTheSame =
                    look.CatalogueVersion == edit.Standing.View.Version && look.Draft == draft.Value.Revision;
                var effect = await effects.OfAsync(
                    edit.Db,
                    field,
                    edit.Standing,
                    next.Value,
                    isTheSame ? look.Since : null,
                    caller,
                    cancellationToken
                );
                if (!effect.Publishable)
                {
                    return CatalogueProblems.WouldBreak(effect);
                }

                var before = edit.Standing.Rule(field.Kind, field.Id)?.View;
                edit.Db.FieldDrafts.Remove(draft.Value);
                edit.Store(
                    next.Value,
                    CatalogueOperations.Published,
                    DraftFields.Subject(field.Kind, field.Id),
                    before is null ? null : FieldDefinition.From(before),
                    FieldDefinition.From(field)
                );
                var index = await IndexRequests.AskAsync(indexes, edit, before, field, cancellationToken);
                return Status(next.Value, field, null, index);
            },
            cancellationToken
        );

    public Task<Outcome<FieldStatusView>> RetireAsync(
        FieldName name,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<FieldStatusView>(
            caller,
            conditions,
            "retire",
            name,
            async edit =>
            {
                var found = Find(edit.Standing, name);
                if (!found.Succeeded)
                {
                    return found.Problem;
                }

                var before = found.Value;
                if (before.State == FieldState.Retired)
                {
                    return Status(edit.Standing, before, null, null);
                }

                var field = before with { State = FieldState.Retired };
                var next = new Catalogue(edit.Standing.View.With(field));
                edit.Store(
                    next,
                    CatalogueOperations.Retired,
                    DraftFields.Subject(field.Kind, field.Id),
                    FieldDefinition.From(before),
                    FieldDefinition.From(field)
                );
                var index = await IndexRequests.AskAsync(indexes, edit, before, field, cancellationToken);
                return Status(next, field, null, index);
            },
            cancellationToken
        );

    public async Task<Outcome<FieldStatusView>> StatusAsync(
        FieldName name,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var standing = catalogue.Current;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = caller.May(Permissions.WriteFields)
            ? await DraftFields.FindAsync(db, name, cancellationToken)
            : CatalogueProblems.NoDraft;
        var found = Find(standing, name);
        if (!found.Succeeded && (!draft.Succeeded || found.Problem == CatalogueProblems.KindNeeded))
        {
            return draft.Succeeded || found.Problem == CatalogueProblems.KindNeeded
                ? CatalogueProblems.KindNeeded
                : CatalogueProblems.UnknownField;
        }

        var (kind, id) = found.Succeeded ? (found.Value.Kind, found.Value.Id) : (draft.Value!.Kind, draft.Value.Field);
        var index = await db
            .FieldIndexes.AsNoTracking()
            .SingleOrDefaultAsync(i => i.Kind == kind && i.Field == id && i.Wanted, cancellationToken);
        var own = draft.Succeeded && draft.Value.Kind == kind ? DraftFields.Show(draft.Value, standing) : null;
        return new FieldStatusView
        {
            Kind = kind,
            Id = id,
            Field = found.Value,
            Draft = own,
            Index = index?.Show(),
            CatalogueVersion = standing.View.Version,
        };
    }

    public void Dispose() => previewing.Dispose();

    /// <summary>What was seen of the stored values, under which catalogue and draft.</summary>
    /// <param name="Shown">What of the listed records the caller is shown, as the disclosure log names it.</param>
    /// <param name="Since">Records changed later are to be looked at again.</param>
    private sealed record Look(
        FieldEffectView Effect,
        string Shown,
        int CatalogueVersion,
        Guid Draft,
        DateTimeOffset Since
    );

    private static Outcome<FieldView> Find(Catalogue standing, FieldName name) =>
        standing
            .View.Fields.Where(f => f.Id == name.Id && (name.Kind is null || f.Kind == name.Kind))
            .Take(2)
            .ToList() switch
        {
            [] => CatalogueProblems.UnknownField,
            [var one] => one,
            _ => CatalogueProblems.KindNeeded,
        };

    private static FieldStatusView Status(
        Catalogue catalogue,
        FieldView field,
        FieldDraftView? draft,
        FieldIndexView? index
    ) =>
        new()
        {
            Kind = field.Kind,
            Id = field.Id,
            Field = field,
            Draft = draft,
            Index = index,
            CatalogueVersion = catalogue.View.Version,
        };
}
