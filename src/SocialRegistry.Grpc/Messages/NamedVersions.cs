using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class NamedVersions
{
    public static V1.CreateNamedVersionRequest ToWire(this NewNamedVersion version)
    {
        var wire = new V1.CreateNamedVersionRequest { Name = version.Name, Kind = version.Kind };
        version.Source.IfThere(source => wire.Source = source);
        version.PeriodFrom.IfThere(day => wire.PeriodFrom = day);
        version.PeriodTo.IfThere(day => wire.PeriodTo = day);
        return wire;
    }

    public static NewNamedVersion ToRequest(this V1.CreateNamedVersionRequest wire) =>
        new()
        {
            Name = wire.Name,
            Kind = wire.Kind,
            Source = wire.HasSource ? wire.Source : null,
            PeriodFrom = wire.HasPeriodFrom ? wire.PeriodFrom.ToDate("period_from") : null,
            PeriodTo = wire.HasPeriodTo ? wire.PeriodTo.ToDate("period_to") : null,
        };

    public static V1.ListNamedVersionsRequest ToWire(this NamedVersionFilter filter, PageRequest page)
    {
        var wire = new V1.ListNamedVersionsRequest { Page = page.ToWire() };
        filter.Kind.IfThere(kind => wire.Kind = kind);
        filter.Source.IfThere(source => wire.Source = source);
        if (filter.Open is { } open)
        {
            wire.Open = open;
        }

        return wire;
    }

    public static NamedVersionFilter ToFilter(this V1.ListNamedVersionsRequest wire) =>
        new()
        {
            Kind = wire.HasKind ? wire.Kind : null,
            Source = wire.HasSource ? wire.Source : null,
            Open = wire.HasOpen ? wire.Open : null,
        };

    public static V1.NamedVersion ToWire(this NamedVersionView view)
    {
        var wire = new V1.NamedVersion
        {
            Name = view.Name,
            Kind = view.Kind,
            Open = view.Open,
            CreatedAt = view.CreatedAt.ToWire(),
            CreatedBy = view.CreatedBy,
            ClosedAt = view.ClosedAt?.ToWire(),
            MembersIsExact = view.MembersIsExact,
        };
        view.Source.IfThere(source => wire.Source = source);
        view.PeriodFrom.IfThere(day => wire.PeriodFrom = day);
        view.PeriodTo.IfThere(day => wire.PeriodTo = day);
        view.ClosedBy.IfThere(by => wire.ClosedBy = by);
        if (view.Members is { } members)
        {
            wire.Members = members;
        }

        return wire;
    }

    public static NamedVersionView ToView(this V1.NamedVersion wire) =>
        new()
        {
            Name = wire.Name,
            Kind = wire.Kind,
            Source = wire.HasSource ? wire.Source : null,
            PeriodFrom = wire.HasPeriodFrom ? wire.PeriodFrom.ToDate("period_from") : null,
            PeriodTo = wire.HasPeriodTo ? wire.PeriodTo.ToDate("period_to") : null,
            Open = wire.Open,
            CreatedAt = wire.CreatedAt.ToMoment("created_at"),
            CreatedBy = wire.CreatedBy,
            ClosedAt = wire.ClosedAt is null ? null : wire.ClosedAt.ToMoment("closed_at"),
            ClosedBy = wire.HasClosedBy ? wire.ClosedBy : null,
            Members = wire.HasMembers ? wire.Members : null,
            MembersIsExact = wire.MembersIsExact,
        };

    public static V1.ListNamedVersionsReply ToWire(this Page<NamedVersionView> page)
    {
        var wire = new V1.ListNamedVersionsReply { Items = { page.Items.Select(ToWire) } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<NamedVersionView> ToView(this V1.ListNamedVersionsReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);

    public static V1.NamedVersionMember ToWire(this NamedVersionMember member) =>
        new()
        {
            RegistrantId = member.Registrant.ToString(),
            Version = member.Version,
            JoinedAt = member.JoinedAt.ToWire(),
        };

    public static NamedVersionMember ToView(this V1.NamedVersionMember wire) =>
        new(wire.RegistrantId.ToRegistrantId("registrant_id"), wire.Version, wire.JoinedAt.ToMoment("joined_at"));

    public static V1.ListNamedVersionMembersReply ToWire(this Page<NamedVersionMember> page)
    {
        var wire = new V1.ListNamedVersionMembersReply { Items = { page.Items.Select(ToWire) } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<NamedVersionMember> ToView(this V1.ListNamedVersionMembersReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);
}
