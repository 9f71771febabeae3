using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>Changes of groups: what is asked.</summary>
internal static class GroupChanges
{
    public static V1.GroupCommand ToWire(this GroupCommand command)
    {
        var wire = new V1.GroupCommand { DryRun = command.DryRun };
        if (command.ExpectedVersion is { } version)
        {
            wire.ExpectedVersion = version;
        }

        if (command.IdempotencyKey is { } key)
        {
            wire.IdempotencyKey = key;
        }

        if (command.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        if (command.EffectiveOn is { } date)
        {
            wire.EffectiveOn = date.ToWire();
        }

        return wire;
    }

    /// <summary>Conditions left out mean none.</summary>
    public static GroupCommand ToRequest(this V1.GroupCommand? wire) =>
        wire is null
            ? GroupCommand.Plain
            : new GroupCommand
            {
                ExpectedVersion = wire.HasExpectedVersion ? wire.ExpectedVersion : null,
                IdempotencyKey = wire.HasIdempotencyKey ? wire.IdempotencyKey : null,
                DryRun = wire.DryRun,
                Reason = wire.HasReason ? wire.Reason : null,
                EffectiveOn = wire.HasEffectiveOn ? wire.EffectiveOn.ToDate("effective_on") : null,
            };

    public static V1.CreateGroupRequest ToWire(this NewGroup group, GroupCommand command)
    {
        var wire = new V1.CreateGroupRequest
        {
            Identifiers = { group.Identifiers.Select(i => i.ToWire()) },
            Members = { group.Members.Select(ToWire) },
            Command = command.ToWire(),
        };
        wire.Values.AddJson(group.Values);
        return wire;
    }

    public static NewGroup ToRequest(this V1.CreateGroupRequest wire) =>
        new()
        {
            Values = wire.Values.ToValues(),
            Identifiers = [.. wire.Identifiers.Select(i => i.ToView())],
            Members = [.. wire.Members.Select(m => ToRequest(m, "members"))],
        };

    public static V1.ChangeMemberRequest ToWire(
        this MembershipPatch patch,
        RegistrantId group,
        RegistrantId member,
        GroupCommand command
    )
    {
        var wire = new V1.ChangeMemberRequest
        {
            GroupId = group.ToString(),
            MemberId = member.ToString(),
            Kinds = patch.Kinds is { } kinds ? new V1.KindList { Items = { kinds } } : null,
            Command = command.ToWire(),
        };
        if (patch.StartedOn is { } started)
        {
            wire.StartedOn = started.ToWire();
        }

        if (patch.EndedOn is { } ended)
        {
            wire.EndedOn = ended.ToWire();
        }

        return wire;
    }

    public static MembershipPatch ToRequest(this V1.ChangeMemberRequest wire) =>
        new()
        {
            Kinds = wire.Kinds is { } kinds ? [.. kinds.Items] : null,
            StartedOn = wire.HasStartedOn ? wire.StartedOn.ToDate("started_on") : null,
            EndedOn = wire.HasEndedOn ? wire.EndedOn.ToDate("ended_on") : null,
        };

    public static V1.EndMemberRequest ToWire(
        this MembershipEnd end,
        RegistrantId group,
        RegistrantId member,
        GroupCommand command
    )
    {
        var wire = new V1.EndMemberRequest
        {
            GroupId = group.ToString(),
            MemberId = member.ToString(),
            Command = command.ToWire(),
        };
        if (end.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        if (end.EndedOn is { } ended)
        {
            wire.EndedOn = ended.ToWire();
        }

        if (end.NewHead is { } head)
        {
            wire.NewHeadId = head.ToString();
        }

        return wire;
    }

    public static MembershipEnd ToRequest(this V1.EndMemberRequest wire) =>
        new()
        {
            Reason = wire.HasReason ? wire.Reason : null,
            EndedOn = wire.HasEndedOn ? wire.EndedOn.ToDate("ended_on") : null,
            NewHead = wire.HasNewHeadId ? wire.NewHeadId.ToRegistrantId("new_head_id") : null,
        };

    public static V1.MoveMemberRequest ToWire(this MemberMove move, RegistrantId group, GroupCommand command)
    {
        var wire = new V1.MoveMemberRequest
        {
            GroupId = group.ToString(),
            MemberId = move.Member.ToString(),
            ToGroupId = move.ToGroup.ToString(),
            Kinds = { move.Kinds },
            Command = command.ToWire(),
        };
        if (move.NewHead is { } head)
        {
            wire.NewHeadId = head.ToString();
        }

        return wire;
    }

    public static MemberMove ToRequest(this V1.MoveMemberRequest wire) =>
        new()
        {
            Member = wire.MemberId.ToRegistrantId("member_id"),
            ToGroup = wire.ToGroupId.ToRegistrantId("to_group_id"),
            Kinds = [.. wire.Kinds],
            NewHead = wire.HasNewHeadId ? wire.NewHeadId.ToRegistrantId("new_head_id") : null,
        };

    public static V1.MemberKinds ToWire(MemberKinds kinds) =>
        new() { MemberId = kinds.Member.ToString(), Kinds = { kinds.Kinds } };

    public static MemberKinds ToRequest(V1.MemberKinds wire) =>
        new() { Member = wire.MemberId.ToRegistrantId("member_id"), Kinds = [.. wire.Kinds] };

    public static NewMember ToRequest(V1.NewMember wire, string field) =>
        new()
        {
            Member = wire.MemberId.ToRegistrantId(field + ".member_id"),
            Kinds = [.. wire.Kinds],
            StartedOn = wire.HasStartedOn ? wire.StartedOn.ToDate(field + ".started_on") : null,
        };

    public static V1.NewMember ToWire(NewMember member)
    {
        var wire = new V1.NewMember { MemberId = member.Member.ToString(), Kinds = { member.Kinds } };
        if (member.StartedOn is { } started)
        {
            wire.StartedOn = started.ToWire();
        }

        return wire;
    }
}
