using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>Enumerations on the wire begin with an unspecified zero, so ours are one lower.</summary>
internal static class Enums
{
    public static V1.FieldType ToWire(this FieldType type) => (V1.FieldType)Checked(type);

    public static FieldType ToView(this V1.FieldType type) => Checked<FieldType>((int)type, "type");

    public static V1.FieldClass ToWire(this FieldClass fieldClass) => (V1.FieldClass)Checked(fieldClass);

    public static FieldClass ToView(this V1.FieldClass fieldClass) => Checked<FieldClass>((int)fieldClass, "class");

    public static V1.FieldState ToWire(this FieldState value) => (V1.FieldState)Checked(value);

    public static FieldState ToView(this V1.FieldState value) => Checked<FieldState>((int)value, "state");

    public static V1.DatePrecision ToWire(this DatePrecision value) => (V1.DatePrecision)Checked(value);

    public static DatePrecision ToView(this V1.DatePrecision value) => Checked<DatePrecision>((int)value, "precisions");

    public static V1.SelfServiceRule ToWire(this SelfServiceRule value) => (V1.SelfServiceRule)Checked(value);

    public static SelfServiceRule ToView(this V1.SelfServiceRule value) =>
        Checked<SelfServiceRule>((int)value, "self_service");

    public static V1.StatisticalUse ToWire(this StatisticalUse value) => (V1.StatisticalUse)Checked(value);

    public static StatisticalUse ToView(this V1.StatisticalUse value) =>
        Checked<StatisticalUse>((int)value, "statistics");

    public static V1.FieldIndexState ToWire(this FieldIndexState value) => (V1.FieldIndexState)Checked(value);

    public static FieldIndexState ToView(this V1.FieldIndexState value) =>
        Checked<FieldIndexState>((int)value, "state");

    public static V1.ImportAction ToWire(this ImportAction action) => (V1.ImportAction)Checked(action);

    public static ImportAction ToView(this V1.ImportAction action) => Checked<ImportAction>((int)action, "action");

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
