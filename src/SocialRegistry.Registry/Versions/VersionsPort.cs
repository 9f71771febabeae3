using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>The port: the history of a record, and who was shown it. Pages by keyset.</summary>
internal sealed class VersionsPort(
    ListVersions list,
    ListChanges changes,
    CompareVersions compare,
    PastMembers members,
    ReadDisclosures shown
) : IVersions
{
    public Task<Outcome<Page<VersionView>>> ListAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => list.HandleAsync(id, filter, page, caller, cancellationToken);

    public Task<Outcome<Page<ChangeView>>> ChangesAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => changes.HandleAsync(id, filter, page, caller, cancellationToken);

    public Task<Outcome<VersionDifference>> CompareAsync(
        RegistrantId id,
        VersionPoint from,
        VersionPoint to,
        Caller caller,
        CancellationToken cancellationToken
    ) => compare.HandleAsync(id, from, to, caller, cancellationToken);

    public Task<Outcome<Page<RegistrantView>>> MembersAsync(
        RegistrantId group,
        ReadOptions options,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => members.HandleAsync(group, options, page, caller, cancellationToken);

    public Task<Outcome<Page<DisclosureView>>> DisclosuresAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => shown.HandleAsync(id, page, caller, cancellationToken);
}
