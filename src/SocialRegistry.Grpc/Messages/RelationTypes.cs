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
}
