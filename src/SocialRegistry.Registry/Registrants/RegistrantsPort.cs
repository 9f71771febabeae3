using SocialRegistry.Contracts;
using SocialRegistry.Registry.Import;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Registrants;

/// <summary>The port: each call goes to its action.</summary>
internal sealed class RegistrantsPort(
    CreateRegistrant create,
    ReadRegistrants read,
    ChangeRegistrant change,
    ChangeStatus status,
    SearchRegistrants search,
    ImportRegistrants import
) : IRegistrants
{
    public Task<Outcome<RegistrantView>> CreateAsync(
        NewRegistrant registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => create.HandleAsync(registrant, caller, cancellationToken);

    public Task<Outcome<RegistrantView>> GetAsync(
        RegistrantId id,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.GetAsync(id, options, caller, cancellationToken);

    public Task<Outcome<RegistrantView>> UpdateAsync(
        RegistrantId id,
        RegistrantPatch patch,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.UpdateAsync(id, patch, caller, cancellationToken);

    public Task<Outcome<Done>> ArchiveAsync(
        RegistrantId id,
        long expectedVersion,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    ) => change.ArchiveAsync(id, expectedVersion, reason, caller, cancellationToken);

    public Task<Outcome<RegistrantView>> ChangeStatusAsync(
        RegistrantId id,
        StatusChange statusChange,
        Caller caller,
        CancellationToken cancellationToken
    ) => status.HandleAsync(id, statusChange, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> identifiers,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.FindAsync(identifiers, options, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
        IReadOnlyList<RegistrantId> ids,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.GetManyAsync(ids, options, caller, cancellationToken);

    public Task<Outcome<SearchPage>> SearchAsync(
        SearchRequest request,
        Caller caller,
        CancellationToken cancellationToken
    ) => search.HandleAsync(request, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
        IReadOnlyList<ImportRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    ) => import.HandleAsync(rows, dryRun, caller, cancellationToken);
}
