using System.Text.Json;
using SocialRegistry.Api.Registrants;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Groups;

/// <summary>What a change of groups did, or would do on a dry run.</summary>
/// <param name="Groups">The groups concerned as they stand afterwards.</param>
/// <param name="Memberships">Those that ended, changed or began.</param>
/// <param name="NewGroup">After a split: the registrant id of the new group.</param>
/// <param name="DryRun">True: nothing was stored.</param>
public sealed record GroupChangeResponse(
    IReadOnlyList<GroupStateResponse> Groups,
    IReadOnlyList<MembershipResponse> Memberships,
    string? NewGroup,
    bool DryRun
)
{
    internal static GroupChangeResponse From(GroupChangeView view) =>
        new(
            [
                .. view.Groups.Select(g => new GroupStateResponse(
                    g.Id.ToString(),
                    g.Version,
                    g.Status,
                    g.MergedInto?.ToString()
                )),
            ],
            [.. view.Memberships.Select(MembershipResponse.From)],
            view.NewGroup?.ToString(),
            view.DryRun
        );
}

/// <summary>How a group stands.</summary>
/// <param name="Id">Registrant id.</param>
/// <param name="Version">The record's ETag.</param>
/// <param name="Status">The record's status.</param>
/// <param name="MergedInto">With the status <c>merged</c>: the group that its members are in now.</param>
public sealed record GroupStateResponse(string Id, long Version, string Status, string? MergedInto);

/// <summary>A membership, with the fields of the member that were asked for.</summary>
public sealed record MemberResponse
{
    public required MembershipResponse Membership { get; init; }

    /// <summary>Values by field id; absent when none were asked for, or the record is not for this caller.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Values { get; init; }
}
