using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>Several memberships of one group.</summary>
internal static class MembersChanges
{
    public static V1.ChangeMembersRequest ToWire(this MembersChange change, RegistrantId group, GroupCommand command) =>
        new()
        {
            GroupId = group.ToString(),
            End = { change.End.Select(ToWire) },
            Change = { change.Change.Select(GroupChanges.ToWire) },
            Add = { change.Add.Select(GroupChanges.ToWire) },
            Command = command.ToWire(),
        };

    public static MembersChange ToRequest(this V1.ChangeMembersRequest wire) =>
        new()
        {
            End =
            [
                .. wire.End.Select(e => new MemberEnd
                {
                    Member = e.MemberId.ToRegistrantId("end.member_id"),
                    Reason = e.HasReason ? e.Reason : null,
                    EndedOn = e.HasEndedOn ? e.EndedOn.ToDate("end.ended_on") : null,
                }),
            ],
            Change = [.. wire.Change.Select(GroupChanges.ToRequest)],
            Add = [.. wire.Add.Select(a => GroupChanges.ToRequest(a, "add"))],
        };

    private static V1.MemberEnd ToWire(MemberEnd end)
    {
        var wire = new V1.MemberEnd { MemberId = end.Member.ToString() };
        end.Reason.IfThere(reason => wire.Reason = reason);
        end.EndedOn.IfThere(day => wire.EndedOn = day);
        return wire;
    }
}
