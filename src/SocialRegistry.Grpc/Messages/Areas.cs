using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class Areas
{
    public static V1.Area ToWire(this AreaView view)
    {
        var wire = new V1.Area
        {
            Code = view.Code,
            Level = view.Level,
            Point = view.Point?.ToWire(),
            HasBoundary = view.HasBoundary,
            HasChildren = view.HasChildren,
            Version = view.Version,
            Ancestors = { view.Ancestors.Select(ToWire) },
        };
        wire.Names.Add(view.Names.ToDictionary());
        view.Parent.IfThere(parent => wire.Parent = parent);
        view.ReplacedBy.IfThere(other => wire.ReplacedBy = other);
        view.ValidFrom.IfThere(day => wire.ValidFrom = day);
        view.ValidTo.IfThere(day => wire.ValidTo = day);
        return wire;
    }

    public static AreaView ToView(this V1.Area? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("area", "required", "expected an area")
            : new()
            {
                Code = wire.Code,
                Level = wire.Level,
                Parent = wire.HasParent ? wire.Parent : null,
                Names = wire.Names.ToLabels(),
                Point = wire.Point?.ToView(),
                ValidFrom = wire.HasValidFrom ? wire.ValidFrom.ToDate("valid_from") : null,
                ValidTo = wire.HasValidTo ? wire.ValidTo.ToDate("valid_to") : null,
                ReplacedBy = wire.HasReplacedBy ? wire.ReplacedBy : null,
                HasBoundary = wire.HasBoundary,
                HasChildren = wire.HasChildren,
                Version = wire.Version,
                Ancestors = [.. wire.Ancestors.Select(a => new AreaName(a.Code, a.Level, a.Names.ToLabels()))],
            };

    public static V1.ListAreasReply ToWire(this Page<AreaView> page)
    {
        var wire = new V1.ListAreasReply { Items = { page.Items.Select(ToWire) } };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<AreaView> ToView(this V1.ListAreasReply wire) =>
        new([.. wire.Items.Select(a => a.ToView())], wire.HasNext ? wire.Next : null);

    public static V1.ListAreaHistoryReply ToWire(this Page<AreaHistoryView> page)
    {
        var wire = new V1.ListAreaHistoryReply
        {
            Items =
            {
                page.Items.Select(h => new V1.AreaHistory
                {
                    Version = h.Version,
                    At = h.At.ToWire(),
                    By = h.By,
                    Channel = h.Channel,
                    Operation = h.Operation,
                    State = h.State.GetRawText(),
                }),
            },
        };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<AreaHistoryView> ToView(this V1.ListAreaHistoryReply wire) =>
        new(
            [
                .. wire.Items.Select(h => new AreaHistoryView(
                    h.Version,
                    h.At.ToMoment("at"),
                    h.By,
                    h.Channel,
                    h.Operation,
                    h.State.ToJson("state")
                )),
            ],
            wire.HasNext ? wire.Next : null
        );

    public static V1.AreaLevel ToWire(this AreaLevelView view)
    {
        var wire = new V1.AreaLevel { Number = view.Number };
        wire.Names.Add(view.Names.ToDictionary());
        return wire;
    }

    public static AreaLevelView ToView(this V1.AreaLevel wire) => new(wire.Number, wire.Names.ToLabels());

    public static V1.ImportAreasReply ToWire(this Outcome<ImportedArea> outcome) =>
        outcome.Succeeded
            ? new()
            {
                Imported = new V1.ImportedArea
                {
                    Code = outcome.Value.Code,
                    Action = outcome.Value.Action.ToWire(),
                    Version = outcome.Value.Version,
                },
            }
            : new() { Problem = outcome.Problem.ToWire() };

    public static Outcome<ImportedArea> ToView(this V1.ImportAreasReply wire) =>
        wire.OutcomeCase switch
        {
            V1.ImportAreasReply.OutcomeOneofCase.Imported => new ImportedArea(
                wire.Imported.Code,
                wire.Imported.Action.ToView(),
                wire.Imported.Version
            ),
            V1.ImportAreasReply.OutcomeOneofCase.Problem => wire.Problem.ToView(),
            _ => throw UnreadableMessageException.Of("outcome", "required", "expected imported or problem"),
        };

    public static V1.AreaPoint ToWire(this AreaPoint point) =>
        new() { Latitude = point.Latitude, Longitude = point.Longitude };

    public static AreaPoint ToView(this V1.AreaPoint wire) => new(wire.Latitude, wire.Longitude);

    private static V1.AreaName ToWire(AreaName name)
    {
        var wire = new V1.AreaName { Code = name.Code, Level = name.Level };
        wire.Names.Add(name.Names.ToDictionary());
        return wire;
    }
}
