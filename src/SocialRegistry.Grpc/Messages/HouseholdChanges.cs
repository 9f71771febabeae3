using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>Changes of whole households, and what comes of them.</summary>
internal static class HouseholdChanges
{
    public static V1.SplitGroupRequest ToWire(this GroupSplit split, RegistrantId group, GroupCommand command)
    {
        var wire = new V1.SplitGroupRequest
        {
            GroupId = group.ToString(),
            Members = { split.Members.Select(GroupChanges.ToWire) },
            Take = split.Take is { } take ? new V1.FieldIds { Items = { take } } : null,
            Identifiers = { split.Identifiers.Select(i => i.ToWire()) },
            Command = command.ToWire(),
        };
        wire.Values.AddJson(split.Values);
        if (split.Head is { } head)
        {
            wire.HeadId = head.ToString();
        }

        if (split.NewHead is { } newHead)
        {
            wire.NewHeadId = newHead.ToString();
        }

        return wire;
    }

    public static GroupSplit ToRequest(this V1.SplitGroupRequest wire) =>
        new()
        {
            Members = [.. wire.Members.Select(GroupChanges.ToRequest)],
            Head = wire.HasHeadId ? wire.HeadId.ToRegistrantId("head_id") : null,
            NewHead = wire.HasNewHeadId ? wire.NewHeadId.ToRegistrantId("new_head_id") : null,
            Values = wire.Values.ToValues(),
            Take = wire.Take is { } take ? [.. take.Items] : null,
            Identifiers = [.. wire.Identifiers.Select(i => i.ToView())],
        };

    public static V1.MergeGroupsRequest ToWire(this GroupMerge merge, RegistrantId group, GroupCommand command)
    {
        var wire = new V1.MergeGroupsRequest
        {
            GroupId = group.ToString(),
            OtherId = merge.Other.ToString(),
            Kinds = { merge.Kinds.Select(GroupChanges.ToWire) },
            Command = command.ToWire(),
        };
        if (merge.Head is { } head)
        {
            wire.HeadId = head.ToString();
        }

        return wire;
    }

    public static GroupMerge ToRequest(this V1.MergeGroupsRequest wire) =>
        new()
        {
            Other = wire.OtherId.ToRegistrantId("other_id"),
            Head = wire.HasHeadId ? wire.HeadId.ToRegistrantId("head_id") : null,
            Kinds = [.. wire.Kinds.Select(GroupChanges.ToRequest)],
        };

    public static V1.ChangeHeadRequest ToWire(this HeadChange change, RegistrantId group, GroupCommand command) =>
        new()
        {
            GroupId = group.ToString(),
            HeadId = change.Head.ToString(),
            Kinds = { change.Kinds.Select(GroupChanges.ToWire) },
            Command = command.ToWire(),
        };

    public static HeadChange ToRequest(this V1.ChangeHeadRequest wire) =>
        new() { Head = wire.HeadId.ToRegistrantId("head_id"), Kinds = [.. wire.Kinds.Select(GroupChanges.ToRequest)] };

    public static V1.DissolveGroupRequest ToWire(
        this GroupDissolution dissolution,
        RegistrantId group,
        GroupCommand command
    )
    {
        var wire = new V1.DissolveGroupRequest { GroupId = group.ToString(), Command = command.ToWire() };
        if (dissolution.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        return wire;
    }

    public static GroupDissolution ToRequest(this V1.DissolveGroupRequest wire) =>
        new() { Reason = wire.HasReason ? wire.Reason : null };

    public static V1.GroupChangeReply ToWire(this GroupChangeView view)
    {
        var wire = new V1.GroupChangeReply
        {
            Groups = { view.Groups.Select(ToWire) },
            Memberships = { view.Memberships.Select(m => m.ToWire()) },
            DryRun = view.DryRun,
        };
        if (view.NewGroup is { } group)
        {
            wire.NewGroupId = group.ToString();
        }

        return wire;
    }

    public static GroupChangeView ToView(this V1.GroupChangeReply wire) =>
        new()
        {
            Groups =
            [
                .. wire.Groups.Select(g => new GroupStateView(
                    g.Id.ToRegistrantId("groups.id"),
                    g.Version,
                    g.Status,
                    g.HasMergedInto ? g.MergedInto.ToRegistrantId("groups.merged_into") : null
                )),
            ],
            Memberships = [.. wire.Memberships.Select(m => m.ToView())],
            NewGroup = wire.HasNewGroupId ? wire.NewGroupId.ToRegistrantId("new_group_id") : null,
            DryRun = wire.DryRun,
        };

    public static V1.ListMembershipsRequest ToWire(this MembershipQuery query, RegistrantId id, PageRequest page)
    {
        var wire = new V1.ListMembershipsRequest
        {
            Id = id.ToString(),
            All = query.All,
            Page = page.ToWire(),
        };
        if (query.At is { } day)
        {
            wire.At = day.ToWire();
        }

        return wire;
    }

    public static MembershipQuery ToRequest(this V1.ListMembershipsRequest wire) =>
        new() { At = wire.HasAt ? wire.At.ToDate("at") : null, All = wire.All };

    public static V1.ListMembershipsReply ToWire(this Page<MembershipView> page)
    {
        var wire = new V1.ListMembershipsReply { Memberships = { page.Items.Select(m => m.ToWire()) } };
        if (page.Next is { } next)
        {
            wire.Next = next;
        }

        return wire;
    }

    public static Page<MembershipView> ToView(this V1.ListMembershipsReply wire) =>
        new([.. wire.Memberships.Select(m => m.ToView())], wire.HasNext ? wire.Next : null);

    private static V1.GroupState ToWire(GroupStateView view)
    {
        var wire = new V1.GroupState
        {
            Id = view.Id.ToString(),
            Version = view.Version,
            Status = view.Status,
        };
        if (view.MergedInto is { } survivor)
        {
            wire.MergedInto = survivor.ToString();
        }

        return wire;
    }
}
