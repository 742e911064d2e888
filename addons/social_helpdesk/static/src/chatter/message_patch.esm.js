import {Message} from "@mail/core/common/message";
import {ChannelIcon} from "../components/channel_icon.esm";
import {Delivery} from "../components/delivery.esm";
import {MediaState} from "../components/media_state.esm";
import {Players} from "../components/players.esm";

Object.assign(Message.components, {ChannelIcon, Delivery, MediaState, Players});
