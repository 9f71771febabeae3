using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

internal static class RelationTypes
{
    public static V1.RelationType ToWire(this RelationTypeView view)
    {
        var wire = new V1.RelationType
        {
            Code = view.Code,
            IsSymmetric = view.IsSymmetric,
            FromKinds = { view.FromKinds },
            ToKinds = { view.ToKinds },
            IsRetired = view.IsRetired,
        };
        wire.Labels.Add(view.Labels.ToDictionary());
        wire.InverseLabels.Add(view.InverseLabels.ToDictionary());
        if (view.Inverse is { } inverse)
        {
            wire.Inverse = inverse;
        }

        return wire;
    }

    public static RelationTypeView ToView(this V1.RelationType? wire) =>
        wire is null
            ? throw UnreadableMessageException.Of("type", "required", "expected a relation type")
            : new RelationTypeView
            {
                Code = wire.Code,
                Inverse = wire.HasInverse ? wire.Inverse : null,
                IsSymmetric = wire.IsSymmetric,
                Labels = wire.Labels.ToLabels(),
                InverseLabels = wire.InverseLabels.ToLabels(),
                FromKinds = [.. wire.FromKinds],
                ToKinds = [.. wire.ToKinds],
                IsRetired = wire.IsRetired,
            };

    public static V1.ListRelationTypeHistoryReply ToWire(this Page<RelationTypeHistoryView> page)
    {
        var wire = new V1.ListRelationTypeHistoryReply
        {
            Items =
            {
                page.Items.Select(h => new V1.RelationTypeHistory
                {
                    Version = h.Version,
                    At = h.At.ToWire(),
                    By = h.By,
                    Channel = h.Channel,
                    Operation = h.Operation,
                    State = h.State.ToWire(),
                }),
            },
        };
        page.Next.IfThere(next => wire.Next = next);
        return wire;
    }

    public static Page<RelationTypeHistoryView> ToView(this V1.ListRelationTypeHistoryReply wire) =>
        new(
            [
                .. wire.Items.Select(h => new RelationTypeHistoryView(
                    h.Version,
                    h.At.ToMoment("at"),
                    h.By,
                    h.Channel,
                    h.Operation,
                    h.State.ToView()
                )),
            ],
            wire.HasNext ? wire.Next : null
        );
}
