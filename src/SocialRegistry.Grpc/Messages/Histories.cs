using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>Filters of histories, entries of change logs, and what differs between states.</summary>
internal static class Histories
{
    public static V1.HistoryFilter ToWire(this HistoryFilter filter)
    {
        var wire = new V1.HistoryFilter { From = filter.From?.ToWire(), To = filter.To?.ToWire() };
        filter.Field.IfThere(field => wire.Field = field);
        filter.Actor.IfThere(actor => wire.Actor = actor);
        filter.Channel.IfThere(channel => wire.Channel = channel);
        filter.NamedVersion.IfThere(name => wire.NamedVersion = name);
        return wire;
    }

    /// <summary>A filter left out narrows nothing.</summary>
    public static HistoryFilter ToRequest(this V1.HistoryFilter? wire) =>
        wire is null
            ? HistoryFilter.None
            : new HistoryFilter
            {
                From = wire.From is null ? null : wire.From.ToMoment("from"),
                To = wire.To is null ? null : wire.To.ToMoment("to"),
                Field = wire.HasField ? wire.Field : null,
                Actor = wire.HasActor ? wire.Actor : null,
                Channel = wire.HasChannel ? wire.Channel : null,
                NamedVersion = wire.HasNamedVersion ? wire.NamedVersion : null,
            };

    public static V1.ListChangesReply ToWire(this Page<ChangeView> page)
    {
        var wire = new V1.ListChangesReply { Items = { page.Items.Select(ToWire) } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<ChangeView> ToView(this V1.ListChangesReply wire) =>
        new([.. wire.Items.Select(ToView)], wire.HasNext ? wire.Next : null);

    public static V1.VersionPoint ToWire(this VersionPoint point)
    {
        var wire = new V1.VersionPoint { At = point.At?.ToWire() };
        if (point.Number is { } number)
        {
            wire.Number = number;
        }

        point.Name.IfThere(name => wire.Name = name);
        return wire;
    }

    /// <summary>A point left out names no state, which the core refuses.</summary>
    public static VersionPoint ToRequest(this V1.VersionPoint? wire) =>
        wire is null
            ? new VersionPoint()
            : new VersionPoint
            {
                Number = wire.HasNumber ? wire.Number : null,
                Name = wire.HasName ? wire.Name : null,
                At = wire.At is null ? null : wire.At.ToMoment("at"),
            };

    public static V1.CompareVersionsReply ToWire(this VersionDifference difference) =>
        new()
        {
            From = difference.From.ToWire(),
            To = difference.To.ToWire(),
            Fields = { difference.Fields.Select(ToWire) },
            Joined = { difference.Joined.Select(m => m.ToWire()) },
            Left = { difference.Left.Select(m => m.ToWire()) },
            Changed = { difference.Changed.Select(m => m.ToWire()) },
        };

    public static VersionDifference ToView(this V1.CompareVersionsReply wire) =>
        new()
        {
            From = wire.From.ToView("from"),
            To = wire.To.ToView("to"),
            Fields = [.. wire.Fields.Select(ToView)],
            Joined = [.. wire.Joined.Select(m => m.ToView())],
            Left = [.. wire.Left.Select(m => m.ToView())],
            Changed = [.. wire.Changed.Select(m => m.ToView())],
        };

    private static V1.VersionState ToWire(this VersionState state) =>
        new()
        {
            Version = state.Version,
            RecordedAt = state.RecordedAt.ToWire(),
            EffectiveOn = state.EffectiveOn.ToString(),
        };

    private static VersionState ToView(this V1.VersionState? wire, string field) =>
        wire is null
            ? throw UnreadableMessageException.Of(field, "required", "expected a state")
            : new VersionState(
                wire.Version,
                wire.RecordedAt.ToMoment("recorded_at"),
                wire.EffectiveOn.ToPartialDate("effective_on")
            );

    private static V1.Change ToWire(ChangeView view)
    {
        var wire = new V1.Change
        {
            Sequence = view.Sequence,
            Operation = view.Operation,
            Version = view.Version,
            RecordedAt = view.RecordedAt.ToWire(),
            EffectiveOn = view.EffectiveOn.ToWire(),
            ChangedBy = view.ChangedBy,
            Channel = view.Channel,
            Fields = { view.Fields.Select(ToWire) },
        };
        view.Reason.IfThere(reason => wire.Reason = reason);
        view.RequestId.IfThere(id => wire.RequestId = id);
        return wire;
    }

    private static ChangeView ToView(V1.Change wire) =>
        new()
        {
            Sequence = wire.Sequence,
            Operation = wire.Operation,
            Version = wire.Version,
            RecordedAt = wire.RecordedAt.ToMoment("recorded_at"),
            EffectiveOn = wire.EffectiveOn.ToDate("effective_on"),
            ChangedBy = wire.ChangedBy,
            Channel = wire.Channel,
            Reason = wire.HasReason ? wire.Reason : null,
            RequestId = wire.HasRequestId ? wire.RequestId : null,
            Fields = [.. wire.Fields.Select(ToView)],
        };

    private static V1.FieldChange ToWire(FieldChange change)
    {
        var wire = new V1.FieldChange { Field = change.Field, Masked = change.Masked };
        change.Old?.GetRawText().IfThere(old => wire.Old = old);
        change.New?.GetRawText().IfThere(now => wire.New = now);
        return wire;
    }

    private static FieldChange ToView(V1.FieldChange wire) =>
        new(
            wire.Field,
            wire.HasOld ? wire.Old.ToJson("old") : null,
            wire.HasNew ? wire.New.ToJson("new") : null,
            wire.Masked
        );
}
