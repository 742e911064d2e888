import {Message} from "@mail/core/common/message";
import {TriageLabels, Uncover} from "./triage.esm";

Object.assign(Message.components, {TriageLabels, Uncover});
