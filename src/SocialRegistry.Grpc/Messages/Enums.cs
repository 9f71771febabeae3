using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>Enumerations on the wire begin with an unspecified zero, so ours are one lower.</summary>
internal static class Enums
{
    public static V1.FieldType ToWire(this FieldType type) => (V1.FieldType)Checked(type);

    public static FieldType ToView(this V1.FieldType type) => Checked<FieldType>((int)type, "type");

    public static V1.FieldClass ToWire(this FieldClass fieldClass) => (V1.FieldClass)Checked(fieldClass);

    public static FieldClass ToView(this V1.FieldClass fieldClass) => Checked<FieldClass>((int)fieldClass, "class");

    public static V1.ImportAction ToWire(this ImportAction action) => (V1.ImportAction)Checked(action);

    public static ImportAction ToView(this V1.ImportAction action) => Checked<ImportAction>((int)action, "action");

    public static V1.RelationshipAction ToRelationshipAction(this ImportAction action) =>
        (V1.RelationshipAction)Checked(action);

    public static ImportAction ToView(this V1.RelationshipAction action) =>
        Checked<ImportAction>((int)action, "action");

    public static V1.ProblemKind ToWire(this ProblemKind kind) => (V1.ProblemKind)Checked(kind);

    public static ProblemKind ToView(this V1.ProblemKind kind) => Checked<ProblemKind>((int)kind, "kind");

    private static int Checked<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? Convert.ToInt32(value) + 1 : throw new ArgumentOutOfRangeException(nameof(value));

    private static T Checked<T>(int wire, string field)
        where T : struct, Enum =>
        Enum.ToObject(typeof(T), wire - 1) is T value && Enum.IsDefined(value)
            ? value
            : throw UnreadableMessageException.Of(field, "unknown", "expected a value that this version knows");
}
