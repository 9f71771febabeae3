using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>The port over the actions of this folder.</summary>
internal sealed class CatalogueChangesPort(
    DraftFields drafts,
    PublishField publish,
    PutCodeLists codeLists,
    PutIdentifierTypes identifierTypes,
    ApplyCatalogue apply,
    FieldCatalogue catalogue,
    IDbContextFactory<RegistryDbContext> contexts
) : ICatalogueChanges
{
    public Task<Outcome<FieldDraftView>> DraftAsync(
        FieldView field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => drafts.DraftAsync(field, conditions, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<FieldDraftView>>> DraftsAsync(
        Caller caller,
        CancellationToken cancellationToken
    ) => drafts.ListAsync(caller, cancellationToken);

    public Task<Outcome<Done>> WithdrawAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => drafts.WithdrawAsync(field, conditions, caller, cancellationToken);

    public Task<Outcome<FieldEffectView>> PreviewAsync(
        FieldName field,
        Caller caller,
        CancellationToken cancellationToken
    ) => publish.PreviewAsync(field, caller, cancellationToken);

    public Task<Outcome<FieldStatusView>> PublishAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => publish.PublishAsync(field, conditions, caller, cancellationToken);

    public Task<Outcome<FieldStatusView>> RetireAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => publish.RetireAsync(field, conditions, caller, cancellationToken);

    public Task<Outcome<FieldStatusView>> FieldAsync(
        FieldName field,
        Caller caller,
        CancellationToken cancellationToken
    ) => publish.StatusAsync(field, caller, cancellationToken);

    public async Task<Outcome<IReadOnlyList<FieldIndexView>>> IndexesAsync(
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
            .FieldIndexes.AsNoTracking()
            .Where(i => i.Wanted)
            .OrderBy(i => i.Kind)
            .ThenBy(i => i.Field)
            .ToListAsync(cancellationToken);
        return Outcome.Of<IReadOnlyList<FieldIndexView>>([.. rows.Select(r => r.Show())]);
    }

    public Task<Outcome<CodeListView>> PutCodeListAsync(
        CodeListView list,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => codeLists.PutAsync(list, conditions, caller, cancellationToken);

    public Task<Outcome<CodeListView>> PutCodeAsync(
        string list,
        CodeView code,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => codeLists.PutCodeAsync(list, code, conditions, caller, cancellationToken);

    public Task<Outcome<IdentifierTypeView>> PutIdentifierTypeAsync(
        IdentifierTypeView type,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => identifierTypes.PutAsync(type, conditions, caller, cancellationToken);

    public Task<Outcome<CatalogueApplied>> ApplyAsync(
        CatalogueAdditions additions,
        Caller caller,
        CancellationToken cancellationToken
    ) => apply.ApplyAsync(additions, caller, cancellationToken);

    public async Task<Outcome<Page<CatalogueChangeView>>> ChangesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteFields))
        {
            return CatalogueProblems.NotAllowed;
        }

        Guid? before = null;
        if (page.After is not null)
        {
            if (!Guid.TryParseExact(page.After, "N", out var parsed))
            {
                return RegistrantProblems.BadPage;
            }

            before = parsed;
        }

        if (page.Size is < 1 or > 500)
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db
            .CatalogueChanges.AsNoTracking()
            .Where(c => before == null || c.Id.CompareTo(before.Value) < 0)
            .OrderByDescending(c => c.Id)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        return new Page<CatalogueChangeView>(
            [.. rows.Take(page.Size).Select(CatalogueLog.Show)],
            rows.Count > page.Size ? rows[page.Size - 1].Id.ToString("N") : null
        );
    }

    public async Task<Outcome<CatalogueView>> AtAsync(int version, Caller caller, CancellationToken cancellationToken)
    {
        if (catalogue.Current.View is var current && current.Version == version)
        {
            return current;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db
            .CatalogueVersions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.Version == version, cancellationToken);
        return row is null ? CatalogueProblems.UnknownVersion : CatalogueFile.Parse(row.Document, $"version {version}");
    }
}
