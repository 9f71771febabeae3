using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Versions
{
    public static V1.PageRequest ToWire(this PageRequest page)
    {
        var wire = new V1.PageRequest { Size = page.Size };
        if (page.After is { } after)
        {
            wire.After = after;
        }

        return wire;
    }

    /// <summary>A page left out means the first with the usual size.</summary>
    public static PageRequest ToRequest(this V1.PageRequest? wire) =>
        wire is null ? new PageRequest() : new PageRequest(wire.Size, wire.HasAfter ? wire.After : null);

    public static V1.ListVersionsReply ToWire(this Page<VersionView> page)
    {
        var wire = new V1.ListVersionsReply { Items = { page.Items.Select(ToWire) } };
        if (page.Next is { } next)
        {
            wire.Next = next;
        }

        return wire;
    }

    public static Page<VersionView> ToView(this V1.ListVersionsReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);

    public static V1.ListDisclosuresReply ToWire(this Page<DisclosureView> page)
    {
        var wire = new V1.ListDisclosuresReply { Items = { page.Items.Select(ToWire) } };
        if (page.Next is { } next)
        {
            wire.Next = next;
        }

        return wire;
    }

    public static Page<DisclosureView> ToView(this V1.ListDisclosuresReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);

    private static V1.Version ToWire(VersionView view)
    {
        var wire = new V1.Version
        {
            Number = view.Number,
            RecordedAt = view.RecordedAt.ToWire(),
            EffectiveOn = view.EffectiveOn.ToString(),
            ChangedBy = view.ChangedBy,
            Channel = view.Channel,
            ChangedFields = { view.ChangedFields },
            NamedVersions = { view.NamedVersions },
        };
        if (view.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        if (view.RequestId is { } requestId)
        {
            wire.RequestId = requestId;
        }

        return wire;
    }

    private static VersionView ToView(V1.Version wire) =>
        new(
            wire.Number,
            wire.RecordedAt.ToMoment("recorded_at"),
            wire.EffectiveOn.ToPartialDate("effective_on"),
            wire.ChangedBy,
            wire.Channel,
            wire.HasReason ? wire.Reason : null,
            wire.HasRequestId ? wire.RequestId : null,
            [.. wire.ChangedFields]
        )
        {
            NamedVersions = [.. wire.NamedVersions],
        };

    private static V1.Disclosure ToWire(DisclosureView view)
    {
        var wire = new V1.Disclosure
        {
            At = view.At.ToWire(),
            ShownTo = view.ShownTo,
            Channel = view.Channel,
            Fields = { view.Fields },
            ReaderKind = view.ReaderKind,
            Institution = view.Institution,
            BreakGlass = view.BreakGlass,
            Count = view.Count,
        };
        view.Month.IfThere(month => wire.Month = month);
        view.Consent.IfThere(consent => wire.Consent = consent);
        if (view.Purpose is { } purpose)
        {
            wire.Purpose = purpose;
        }

        if (view.LegalGround is { } ground)
        {
            wire.LegalGround = ground;
        }

        return wire;
    }

    private static DisclosureView ToView(V1.Disclosure wire) =>
        new(
            wire.At.ToMoment("at"),
            wire.ShownTo,
            wire.Channel,
            wire.HasPurpose ? wire.Purpose : null,
            wire.HasLegalGround ? wire.LegalGround : null,
            [.. wire.Fields]
        )
        {
            ReaderKind = wire.ReaderKind,
            Institution = wire.Institution,
            Consent = wire.HasConsent ? wire.Consent : null,
            BreakGlass = wire.BreakGlass,
            Count = wire.Count,
            Month = wire.HasMonth ? wire.Month.ToDate("month") : null,
        };
}
